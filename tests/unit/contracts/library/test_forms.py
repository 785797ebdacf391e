"""A page of clauses as it is sent: in order, blank ones left out, as many as a request may bring."""

from dataclasses import replace

from django.conf import settings

from marketplace.contracts.forms.template import BLANK, MOST, OF_A_CLAUSE, ClauseForms
from tests.factories.templates import first_words


def sent(count: int, **changed: str) -> dict[str, str]:
    """The first words, as many of them as are wanted, and the blank forms."""
    words = [replace(one, key=f"{one.key}-{n}") for n in (1, 2) for one in first_words()][:count]
    data = {f"{one.key}-{name}": str(getattr(one, name)) for one in words for name in OF_A_CLAUSE}
    blank = {f"{key}-{name}": "" for key in BLANK for name in OF_A_CLAUSE}
    return data | blank | changed


def test_what_is_sent_unchanged_is_what_there_was():
    forms = ClauseForms(sent(36))
    assert forms.is_valid()
    kept = [replace(one, key=one.key.removesuffix("-1"), place=one.place * 10) for one in forms.clauses]
    assert kept == first_words()


def test_line_breaks_and_blanks_at_the_ends_are_made_one_way():
    forms = ClauseForms(sent(1, **{"number-1-text_en": " One.  \r\nTwo.\r\n\r\n", "new-1-text_zh": "新"}))
    assert forms.is_valid()
    first, new = forms.clauses
    assert (first.text_en, new.text_zh, new.begins) == ("One.\nTwo.", "新", "line")
    assert new.key.startswith("c-")


def test_as_many_as_a_request_may_bring_and_no_more():
    assert len(sent(MOST)) + 4 <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert ClauseForms(sent(MOST)).is_valid()
    more = ClauseForms(sent(MOST, **{"new-1-text_en": "One too many."}))
    assert not more.is_valid()
    assert more.are_too_many


def test_what_no_list_offers_is_refused_beside_its_field():
    forms = ClauseForms(sent(2, **{"title-1-only_if": "1 == 1", "title-1-begins": "never", "../x-text_en": "?"}))
    assert not forms.is_valid()
    assert [place for place, _label, _said in forms.problems] == ["id_title-1-begins", "id_title-1-only_if"]
