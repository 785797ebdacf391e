import pytest

from marketplace.ledger.steps.literals import booleans, integers, texts


@pytest.mark.parametrize(
    ("values", "literal"),
    [
        ([], "{}"),
        ([""], '{""}'),
        (["a", "b"], '{"a","b"}'),
        (["NULL"], '{"NULL"}'),
        (["a,b", "{c}"], '{"a,b","{c}"}'),
        (['say "hi"'], r'{"say \"hi\""}'),
        (["back\\slash"], r'{"back\\slash"}'),
        (['","', "x"], r'{"\",\"","x"}'),
        (["\\"], r'{"\\"}'),
    ],
)
def test_every_text_is_quoted_and_escaped(values, literal):
    assert texts(values) == literal


def test_numbers_and_booleans_stand_as_they_are():
    assert integers([1, -2, None, 10**18]) == "{1,-2,NULL,1000000000000000000}"
    assert booleans([True, False]) == "{t,f}"
    assert integers([]) == booleans([]) == "{}"
