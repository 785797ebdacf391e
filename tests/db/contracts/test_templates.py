"""The library of the contract's words: who changes it, what the database refuses, when a publication is seen."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from marketplace.contracts.errors import SameEditor, TemplateChanged, TemplateOvertaken, TemplateUnfinished
from marketplace.contracts.machine import TemplateState
from marketplace.contracts.models import Clause, Contract, ContractTemplate
from marketplace.contracts.selectors import templates
from marketplace.contracts.selectors.templates import clauses_of, difference_of, get_template, in_force
from marketplace.contracts.services.templates import copy_template, discard_template, edit_template, publish_template
from marketplace.core import clock, faults
from marketplace.core.actor import StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from tests.factories.deals import drafted
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.templates import begun, changed, edited, first_words, published
from tests.support.kills import Massacre, again
from tests.support.races import race


@pytest.fixture
def writer(db) -> Person:
    return make_staff(StaffRole.COMPLIANCE)


@pytest.fixture
def second(db) -> Person:
    return make_staff(StaffRole.COMPLIANCE)


@pytest.fixture
def of_two(db):
    """The text of a new contract between two who know each other."""
    people = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    return partial(drafted, *people)


def everything() -> tuple:
    templates = ContractTemplate.objects.order_by("pk").values_list("pk", "state", "edits", "note", "published_at")
    return (*templates, Clause.objects.count(), Event.objects.count())


def happened(template: ContractTemplate) -> list[tuple[str, int | None]]:
    return list(Event.objects.filter(aggregate=template.public_id).order_by("seq").values_list("name", "actor_id"))


def test_the_words_of_before_are_the_first_version_and_in_force(db):
    first = in_force()
    assert (first.version, first.published_by, list(clauses_of(first))) == ("2026-11.2", None, first_words())


def test_copied_edited_and_published_by_another_it_is_what_the_next_contract_says(writer, second, of_two):
    before = of_two()
    draft = begun(writer)
    assert (draft.state, list(clauses_of(draft))) == (TemplateState.DRAFT, first_words())
    month = f"{clock.today():%Y-%m}"
    assert draft.version == f"{month}.{3 if month == '2026-11' else 1}"
    draft = edited(writer, draft, "signing", text_en="Signed.")
    with pytest.raises(TemplateUnfinished):
        published(second, draft)
    said = "{{ parties_section }} {{ signing_place }}"
    draft = edited(writer, draft, "signing", text_en=f"{said} Signed.", text_zh=f"{said}已签。")
    assert drafted_text(of_two(), "en") == drafted_text(before, "en")
    done = published(second, draft)
    assert (done.state, done.published_by_id, in_force()) == (TemplateState.PUBLISHED, second.user.pk, done)
    contract = of_two()
    assert contract.template_version == done.version
    assert "\n8. SIGNING\n1 Mooring Signed.\n" in drafted_text(contract, "en")
    assert "\n八、签署\n一 泊台已签。\n" in drafted_text(contract, "zh-hans")
    assert Contract.objects.get(pk=before.pk).template_version == "2026-11.2"
    assert happened(done) == [
        ("contract_template.copied", writer.user.pk),
        ("contract_template.edited", writer.user.pk),
        ("contract_template.edited", writer.user.pk),
        ("contract_template.published", second.user.pk),
    ]
    (change,) = difference_of(done)[1]
    assert (change.key, set(change.words)) == ("signing", {"text_en", "text_zh"})
    assert happened(done.replaces) == [("contract_template.retired", second.user.pk)]


def drafted_text(contract: Contract, language: str) -> str:
    """Without what is of one contract alone."""
    content = contract.documents.get(language=language).content
    return "\n".join(line for line in content.split("\n")[4:] if "SHA-256" not in line)


def test_drafting_asks_one_thing_more_than_before(writer, second, of_two, monkeypatch):
    monkeypatch.setattr(templates, "_kept", {})

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            of_two()
        return sum("contracts_contracttemplate" in one["sql"] or "contracts_clause" in one["sql"] for one in queries)

    assert [asked(), asked()] == [2, 1]
    published(second, edited(writer, begun(writer)))
    assert [asked(), asked()] == [2, 1]


def test_whoever_edited_it_last_does_not_publish_it_and_copying_counts(writer, second):
    draft = begun(writer)
    edited(second, draft)
    draft.refresh_from_db()
    before = everything()
    with pytest.raises(SameEditor):
        published(second, draft)
    assert everything() == before
    assert published(writer, draft).state == TemplateState.PUBLISHED
    copied = begun(writer)
    with pytest.raises(SameEditor):
        published(writer, copied)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContractTemplate.objects.filter(pk=copied.pk).update(
            state="published", published_at=clock.now(), published_by=writer.user
        )


def test_nobody_overwrites_or_publishes_what_she_has_not_seen(writer, second):
    draft = begun(writer)
    edited(second, draft)
    before = everything()
    edit = partial(edit_template, actor=writer.actor, public_id=draft.public_id, note="Mine.", clauses=first_words())
    with pytest.raises(TemplateChanged):
        edit(seen=0)
    with pytest.raises(TemplateChanged):
        publish_template(actor=writer.actor, public_id=draft.public_id, seen=0)
    assert everything() == before
    assert edit(seen=1).note == "Mine."


def test_saving_what_is_saved_already_is_no_edit(writer, second):
    draft = edited(writer, begun(writer))
    before = everything()
    edit_template(actor=second.actor, public_id=draft.public_id, seen=1, note=draft.note, clauses=clauses_of(draft))
    assert everything() == before


def test_only_compliance_does_any_of_it_and_nobody_else_sees_it(writer):
    draft = begun(writer)
    before = everything()
    for person in (make_staff(StaffRole.OPERATIONS, StaffRole.FINANCE), make_owner("brand", "Chenyu Tea")):
        given = {"actor": person.actor, "public_id": draft.public_id}
        acts = (
            partial(copy_template, **given),
            partial(edit_template, **given, seen=0, note="", clauses=[]),
            partial(publish_template, **given, seen=0),
            partial(discard_template, **given),
        )
        for act in acts:
            with pytest.raises(Forbidden):
                act()
        with pytest.raises(NotFound):
            get_template(person.actor, draft.public_id)
    with pytest.raises(NotFound):
        discard_template(actor=writer.actor, public_id="tpl_nowhere")
    assert everything()[:-1] == before[:-1]


def test_a_discarded_draft_can_be_copied_and_nothing_else(writer, second):
    draft = edited(writer, begun(writer))
    discard_template(actor=second.actor, public_id=draft.public_id)
    before = everything()
    for act in (
        partial(edit_template, actor=writer.actor, seen=1, note="", clauses=[]),
        partial(publish_template, actor=second.actor, seen=1),
        partial(discard_template, actor=second.actor),
    ):
        with pytest.raises(IllegalTransition):
            act(public_id=draft.public_id)
    assert everything() == before
    again = copy_template(actor=writer.actor, public_id=draft.public_id)
    assert (clauses_of(again), again.replaces) == (clauses_of(draft), in_force())


def test_an_old_version_comes_back_as_a_copy(writer, second):
    first = in_force()
    published(second, edited(writer, begun(writer)))
    back = copy_template(actor=writer.actor, public_id=first.public_id)
    assert published(second, back).replaces.version != first.version
    assert list(clauses_of(in_force())) == first_words()


@pytest.mark.parametrize("state", ["published", "retired", "discarded"])
def test_the_database_refuses_every_change_of_what_is_no_draft(writer, second, state):
    draft = begun(writer)
    if state == "discarded":
        discard_template(actor=writer.actor, public_id=draft.public_id)
    else:
        published(second, draft)
    if state == "retired":
        published(second, edited(writer, begun(writer)))
    of_it, other = Clause.objects.filter(template=draft), begun(writer)
    rows = ContractTemplate.objects.filter(pk=draft.pk)
    clause = of_it.first()
    attempts = (
        lambda: rows.update(note="Another"),
        lambda: rows.update(version="2030-01.1"),
        lambda: rows.update(state="draft", published_at=None, published_by=None),
        lambda: rows.update(state="retired", note="x") if state == "published" else rows.update(state="published"),
        lambda: rows.delete(),
        lambda: of_it.update(text_en="Another"),
        lambda: of_it.filter(pk=clause.pk).update(template=other),
        lambda: Clause.objects.filter(template=other).update(template=draft),
        lambda: of_it.filter(pk=clause.pk).delete(),
        lambda: Clause.objects.create(template=draft, key="new", place=9_999),
        lambda: ContractTemplate.objects.create(version="2030-01.1", state="retired", published_at=clock.now()),
    )
    before = everything()
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert everything() == before
    assert rows.get().state == state


def test_two_drafts_published_at_once_one_is_and_the_other_was_overtaken(committed_db):
    writer, second = make_staff(StaffRole.COMPLIANCE), make_staff(StaffRole.COMPLIANCE)
    one, other = edited(writer, begun(writer)), edited(writer, begun(writer))
    results = race(*(partial(published, second, draft) for draft in (one, other)))
    (won,) = [found for found in results if isinstance(found, ContractTemplate)]
    (lost,) = [found for found in results if not isinstance(found, ContractTemplate)]
    assert isinstance(lost, TemplateOvertaken)
    assert in_force() == won
    assert ContractTemplate.objects.filter(state=TemplateState.RETIRED).count() == 1


def test_one_draft_published_by_two_and_copied_by_two_at_once(committed_db):
    writer, second, third = (make_staff(StaffRole.COMPLIANCE) for _ in range(3))
    draft = edited(writer, begun(writer))
    results = race(*(partial(published, who, draft) for who in (second, third)), *[partial(begun, writer)] * 2)
    assert sorted(type(found).__name__ for found in results) == ["ContractTemplate"] * 3 + ["IllegalTransition"]
    assert Event.objects.filter(name="contract_template.published").count() == 1
    copies = ContractTemplate.objects.filter(state=TemplateState.DRAFT)
    assert copies.count() == len(set(copies.values_list("version", flat=True))) == 2


def test_a_clause_is_not_slipped_in_while_its_version_is_published(committed_db):
    writer, second = make_staff(StaffRole.COMPLIANCE), make_staff(StaffRole.COMPLIANCE)
    draft = edited(writer, begun(writer))
    clauses = changed(clauses_of(draft), "signing", text_en="Nobody signs.")
    edit = partial(edit_template, actor=writer.actor, public_id=draft.public_id, seen=1, note="", clauses=clauses)
    results = race(partial(published, second, draft), edit)
    if isinstance(results[0], ContractTemplate):
        assert isinstance(results[1], IllegalTransition)
        assert clauses_of(in_force()) == clauses_of(draft)
        assert "Nobody signs." not in {one.text_en for one in clauses_of(draft)}
    else:
        assert isinstance(results[0], TemplateChanged)
        assert in_force().version == "2026-11.2"


def test_killed_at_every_commit_it_comes_to_the_same_end(committed_db):
    """Whoever clicks again looks first whether it was done."""
    writer, second = make_staff(StaffRole.COMPLIANCE), make_staff(StaffRole.COMPLIANCE)

    def newest() -> ContractTemplate:
        return ContractTemplate.objects.order_by("pk").last()

    def until(state: str, act: Callable[[], object]) -> None:
        again(lambda: None if newest().state == state else act())

    killer = Massacre(lambda point: point.startswith("commit:contracts.services.templates."))
    with faults.installed(killer):
        until("draft", lambda: begun(writer))
        again(lambda: None if newest().edits else edited(writer, newest()))
        until("published", lambda: published(second, newest()))
        until("draft", lambda: begun(writer))
        until("discarded", lambda: discard_template(actor=writer.actor, public_id=newest().public_id))
    assert len(killer.struck_at) == 8
    states = ContractTemplate.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["retired", "published", "discarded"]
    events = Event.objects.filter(name__startswith="contract_template.").order_by("pk").values_list("name", flat=True)
    assert [name.removeprefix("contract_template.") for name in events] == [
        *("copied", "edited", "retired", "published", "copied", "discarded")
    ]
