"""The library of the contract's words in the admin: two of compliance change a clause, and nobody else comes in."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from marketplace.accounts.models import StaffGrant
from marketplace.contracts.library.checks import check
from marketplace.contracts.library.examples import EXAMPLES
from marketplace.contracts.models import ContractTemplate
from marketplace.contracts.selectors.templates import clauses_of, in_force
from marketplace.core.actor import StaffRole
from marketplace.core.models import Event
from tests.factories.templates import begun, edited
from tests.factories.world import World
from tests.web.conftest import rolled_back
from tests.web.test_admin import with_second_factor

STEM = "admin:contracts_contracttemplate"


@pytest.fixture
def desk(world: World):
    """A browser of compliance's; whatever it does is taken back."""
    with rolled_back():
        yield with_second_factor(world, "compliance")


@pytest.fixture
def other(world: World, desk) -> Client:
    """Another browser of compliance's: operations is given the role, too."""
    StaffGrant.objects.create(user=world.people["operations"].user, role=StaffRole.COMPLIANCE)
    return with_second_factor(world, "operations")


def at(name: str, template: ContractTemplate) -> str:
    return reverse(f"{STEM}_{name}", args=[template.pk if name in {"change", "history"} else template.public_id])


def copied(desk: Client) -> ContractTemplate:
    assert desk.post(at("copy", in_force())).status_code == 302
    return ContractTemplate.objects.order_by("pk").last()


def as_shown(page: str) -> dict[str, str]:
    """What the page's own form would send."""
    fields = dict(re.findall(r'<input[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', page))
    fields |= dict(re.findall(r'<textarea name="([\w-]+)"[^>]*>\s?(.*?)</textarea>', page, re.S))
    for name, options in re.findall(r'<select name="([\w-]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return {name: text.replace("&#x27;", "'").replace("&amp;", "&") for name, text in fields.items()}


def test_copied_edited_shown_and_published_by_another(world, desk, other):
    draft = copied(desk)
    sent = as_shown(desk.get(at("edit", draft)).content.decode())
    assert desk.post(at("edit", draft), sent).status_code == 302
    assert clauses_of(draft) == clauses_of(in_force())
    sent |= {"note": "Shorter.", "no-round-text_en": "None can be bought.", "no-round-text_zh": "不可加购。"}
    sent |= {
        "new-1-place": "285",
        "new-1-text_en": "So be it.",
        "new-1-text_zh": "如此。",
        "new-1-only_if": "with_live",
    }
    sent |= {"new-1-begins": "sentence", "terms-place": "5", "protected-remove": "on"}
    assert desk.post(at("edit", draft), sent)["Location"] == at("edit", draft)
    texts = [one.text_en for one in clauses_of(draft)]
    assert [one.place for one in clauses_of(draft)] == [10 * n for n in range(1, len(texts) + 1)]
    assert texts[0].startswith("Terms, SHA-256")
    assert {one.key for one in clauses_of(in_force())} - {one.key for one in clauses_of(draft)} == {"protected"}
    assert texts[texts.index("None can be bought.") + 1] == "So be it."
    difference = other.get(at("difference", draft)).content.decode()
    for words in ("<del>No further round</del>", "<ins>None</ins>", "<ins>如此。</ins>", "It stands elsewhere"):
        assert words in difference
    preview = other.get(at("preview", draft), {"deal": "cps"}).content.decode()
    assert "None can be bought. So be it." in preview
    assert "不可加购。如此。" in preview
    assert "Publish</button>" not in desk.get(at("change", draft)).content.decode()
    assert desk.post(at("publish", draft), {"seen": "1"}, follow=True).content.decode().count("somebody else of compli")
    assert in_force().version == "2026-11.2"
    shown = other.get(at("change", draft)).content.decode()
    seen = re.search(r'name="seen" value="(\d+)">Publish', shown)[1]
    assert other.post(at("publish", draft), {"seen": seen}).status_code == 302
    assert in_force() == draft
    history = desk.get(at("history", draft)).content.decode()
    for words in ("Copied from 2026-11.2", "Edited: terms, ", "Published", "Staff Person"):
        assert words in history
    assert desk.get(at("edit", draft)).status_code == 302


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(desk):
    draft = copied(desk)
    sent = as_shown(desk.get(at("edit", draft)).content.decode())
    sent |= {"gift-text_zh": "主播<获得>{{ gifft }}。", "signing-place": "many", "new-2-text_en": "Half a clause"}
    before = Event.objects.count()
    refused = desk.post(at("edit", draft), sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert as_shown(page)["new-2-text_en"] == "Half a clause"
    assert "主播&lt;获得&gt;{{ gifft }}。" in page
    assert 'href="#id_signing-place"' in page
    assert Event.objects.count() == before
    assert clauses_of(draft) == clauses_of(in_force())
    page = desk.post(at("edit", draft), sent | {"signing-place": ""}, follow=True).content.decode()
    assert f"{len(check(clauses_of(draft)))} things have to be mended" in page
    for field in ("gift-text_zh", "gift-text_en"):
        assert re.search(rf'href="#id_{field}".*?</a>', page)
        assert re.search(rf'id="id_{field}"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="id_{field}"', page)
    assert "There is no such placeholder: {{ gifft }}" in page
    assert "Nothing says: what the anchor receives beside money {{ gift }}" in page
    assert [one.text_en for one in clauses_of(draft)][-1] == "Half a clause"
    assert clauses_of(draft)[-2].key == "signing"


HOSTILE = '"><b>{{ gift }}{%x%}'  # as long as a heading in Chinese may be


def test_what_staff_typed_is_shown_as_they_typed_it_and_means_nothing_to_the_page(world, desk):
    words = dict.fromkeys(("heading_en", "heading_zh", "text_en", "text_zh"), HOSTILE)
    draft = edited(world.people["compliance"], begun(world.people["compliance"]), "gift", **words)
    for name in ("change", "edit", "difference", "preview"):
        page = desk.get(at(name, draft), {"deal": "barter"} if name == "preview" else {}).content.decode()
        known = {"preview": "A tea set with two cups"}.get(name, "{{ gift }}")
        typed = escape(HOSTILE).replace("{{ gift }}", known)
        assert typed in re.sub("</?ins>", "", page), name
        assert HOSTILE not in page
        assert "&amp;" not in page, name  # nor escaped twice


def test_who_was_slower_keeps_what_she_typed_and_overwrites_nothing(world, desk):
    draft = copied(desk)
    sent = as_shown(desk.get(at("edit", draft)).content.decode()) | {"gift-text_en": "What I typed."}
    quicker = edited(world.people["compliance"], draft)
    answer = desk.post(at("edit", draft), sent)
    assert answer.status_code == 409
    assert "What I typed." in answer.content.decode()
    assert "What I typed." not in {one.text_en for one in clauses_of(quicker)}


def test_every_example_is_shown_in_both_languages_and_none_leaves_a_placeholder(desk):
    for name in EXAMPLES:
        page = desk.get(at("preview", in_force()), {"deal": name}).content.decode()
        assert "8. SIGNING" in page
        assert "八、签署" in page
        assert "{{" not in page
    assert desk.get(at("preview", in_force()), {"deal": "nothing"}).status_code == 404


def test_nobody_but_compliance_opens_or_does_anything(world, desk):
    draft = begun(world.people["compliance"])
    before = Event.objects.count()
    for who in ("operations", "finance_staff", "agency"):
        client = with_second_factor(world, who)
        for name in ("edit", "preview", "difference"):
            assert client.get(at(name, draft)).status_code == 403, (who, name)
        assert "Copied" not in client.get(at("history", draft), follow=True).content.decode()
        for name in ("edit", "copy", "publish", "discard"):
            assert client.post(at(name, draft), {"seen": "0"}).status_code == 403, (who, name)
    for name in ("copy", "publish", "discard"):
        assert desk.get(at(name, draft)).status_code == 405
    assert desk.get(reverse(f"{STEM}_preview", args=["tpl_nowhere"])).status_code == 404
    assert Event.objects.count() == before
    assert desk.post(at("discard", draft)).status_code == 302
    assert ContractTemplate.objects.get(pk=draft.pk).state == "discarded"
