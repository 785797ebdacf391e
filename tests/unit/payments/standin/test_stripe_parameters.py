"""Reading Stripe's forms and JSON: nesting, types, and which parameter is to blame."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments.standin.dialects.stripe import form, shapes
from marketplace.payments.standin.engine.errors import Refusal

SCHEMA = {
    "properties": {
        "amount": {"type": "integer"},
        "created": {
            "anyOf": [
                {"type": "object", "properties": {"gte": {"type": "integer"}}, "required": []},
                {"type": "integer"},
            ]
        },
        "expand": {"type": "array", "items": {"type": "string"}},
        "items": {
            "type": "array",
            "items": {"type": "object", "properties": {"price": {"type": "integer"}}, "required": ["price"]},
        },
        "metadata": {"anyOf": [{"enum": [""]}, {"type": "object", "additionalProperties": {"type": "string"}}]},
        "mode": {"enum": ["payment", "setup"]},
        "on": {"type": "boolean"},
        "name": {"type": "string"},
    },
    "required": ["mode"],
}


def read(encoded: str) -> dict:
    return shapes.read(SCHEMA, form.decoded(encoded), form=True)


@pytest.mark.parametrize(
    ("encoded", "expected"),
    [
        ("mode=payment", {"mode": "payment"}),
        ("mode=setup&amount=-5&on=true", {"mode": "setup", "amount": -5, "on": True}),
        ("mode=setup&expand[]=a&expand[]=b.c", {"mode": "setup", "expand": ["a", "b.c"]}),
        ("mode=setup&expand[1]=b&expand[0]=a", {"mode": "setup", "expand": ["a", "b"]}),
        ("mode=setup&items[0][price]=1&items[1][price]=2", {"mode": "setup", "items": [{"price": 1}, {"price": 2}]}),
        ("mode=setup&metadata[0]=x&metadata[a%20b]=%E6%B3%8A", {"mode": "setup", "metadata": {"0": "x", "a b": "泊"}}),
        ("mode=setup&metadata=", {"mode": "setup", "metadata": ""}),
        ("mode=setup&created=5", {"mode": "setup", "created": 5}),
        ("mode=setup&created[gte]=5", {"mode": "setup", "created": {"gte": 5}}),
    ],
)
def test_form_means_what_its_schema_says(encoded: str, expected: dict) -> None:
    assert read(encoded) == expected


@pytest.mark.parametrize(
    ("encoded", "code", "field"),
    [
        ("", "parameter_missing", "mode"),
        ("mode=x", "invalid_parameter", "mode"),
        ("mode=setup&colour=red", "parameter_unknown", "colour"),
        ("mode=setup&items[0][cost]=1", "parameter_unknown", "items[0][cost]"),
        ("mode=setup&items[0]=1", "invalid_object", "items[0]"),
        ("mode=setup&items[a][price]=1", "invalid_array", "items"),
        ("mode=setup&items[0][price]=", "parameter_invalid_integer", "items[0][price]"),
        ("mode=setup&amount=1.5", "parameter_invalid_integer", "amount"),
        ("mode=setup&amount=9999999999999999999", "parameter_invalid_integer", "amount"),
        ("mode=setup&amount=%D9%A1", "parameter_invalid_integer", "amount"),
        ("mode=setup&amount[a]=1", "invalid_string", "amount"),
        ("mode=setup&on=yes", "invalid_boolean", "on"),
        ("mode=setup&name=", "parameter_invalid_empty", "name"),
        ("mode=setup&expand=a", "invalid_array", "expand"),
        ("mode=setup&created[after]=5", "parameter_unknown", "created[after]"),
        ("mode=setup&name=%00", "invalid_form", "name"),
        ("mode=setup&a[b=1", "invalid_form", "a[b"),
        ("mode=setup&name=%FF", "invalid_form", ""),
        ("mode=setup&a=1&a[b]=1", "invalid_form", "a[b]"),
        ("mode=setup&a" + "[b]" * 20 + "=1", "invalid_form", "a" + "[b]" * 20),
    ],
)
def test_what_is_wrong_is_named(encoded: str, code: str, field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read(encoded)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize(
    ("given_json", "code"),
    [
        ({"mode": "setup", "amount": "5"}, "parameter_invalid_integer"),
        ({"mode": "setup", "amount": True}, "parameter_invalid_integer"),
        ({"mode": "setup", "on": "true"}, "invalid_boolean"),
        ({"mode": "setup", "on": 1}, "invalid_boolean"),
        ({"mode": "setup", "name": 5}, "invalid_string"),
        ({"mode": "setup", "items": {"0": {"price": 1}}}, "invalid_array"),
    ],
)
def test_json_has_the_right_types_or_is_refused(given_json: dict, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        shapes.read(SCHEMA, given_json, form=False)
    assert refusal.value.code == code


def test_what_is_known_but_not_built_is_refused_by_its_path() -> None:
    given_all = {"a": {"b": 1, "c": [{"d": 1}, {"e": 2}]}}
    shapes.require_supported(given_all, ("a",))
    shapes.require_supported(given_all, ("a.b", "a.c.d", "a.c.e"))
    with pytest.raises(Refusal, match=r"a\.c\.e") as refusal:
        shapes.require_supported(given_all, ("a.b", "a.c.d"))
    assert refusal.value.field == "a[c][e]"


@given(st.text())
def test_any_text_is_a_form_or_refused(encoded: str) -> None:
    try:
        outcome = type(form.decoded(encoded))
    except Refusal as refusal:
        outcome = refusal.code
    assert outcome in (dict, "invalid_form")
