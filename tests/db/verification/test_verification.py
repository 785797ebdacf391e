"""A check of identity from the first word to the deletion of its papers."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from marketplace.accounts.models import LegalEntity, Membership, VerifiedFact
from marketplace.accounts.selectors import is_verified, verified_holder
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.errors import Conflict, Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event, Timer
from marketplace.core.timers.fire import fire_due
from marketplace.media.models import Asset
from marketplace.notifications.models import Notice
from marketplace.verification.errors import (
    HolderIsNotGuardian,
    NotBornYet,
    OwnParty,
    StillMissing,
    TooManyDocuments,
    TooYoung,
)
from marketplace.verification.flows.drafts import save
from marketplace.verification.machine import VERIFICATION, VerificationState
from marketplace.verification.models import DocumentView, Verification, VerificationDocument
from marketplace.verification.selectors import check_of, checks_of
from marketplace.verification.services.decisions import (
    approve_verification,
    expire_verification,
    log_document_view,
    reject_verification,
)
from marketplace.verification.services.drafts import (
    remove_document,
    revise_verification,
    submit_verification,
    withdraw_verification,
)
from tests.db.media.conftest import stored_files
from tests.db.verification.conftest import COMPANY, HOLDER, adult, born, draft, minor, pdf_paper, submitted
from tests.factories.people import make_member, make_owner, make_staff
from tests.support.relay import relay_all

OTHERS = [role for role in Role if role != Role.OWNER]


def fresh(thing):
    thing.refresh_from_db()
    return thing


def names(verification: Verification) -> list[str]:
    return list(Event.objects.filter(aggregate=verification.public_id).order_by("seq").values_list("name", flat=True))


def test_a_merchant_is_verified_and_its_company_is_known(merchant, compliance):
    verification = submitted(merchant)
    assert not is_verified(merchant.party.pk, "merchant")
    approve_verification(actor=compliance.actor, public_id=verification.public_id)
    relay_all()
    verification = fresh(verification)
    assert (verification.state, verification.decided_by) == ("approved", compliance.user)
    assert is_verified(merchant.party.pk, "merchant")
    assert not is_verified(merchant.party.pk, "payee")
    entity = LegalEntity.objects.get()
    assert fresh(merchant.party).legal_entity == verification.legal_entity == entity
    assert entity.owner == merchant.user
    assert {name: getattr(entity, "name" if name == "legal_name" else name) for name in COMPANY} == COMPANY
    assert names(verification) == [
        "verification.started",
        "verification.document_added",
        "verification.submitted",
        "verification.approved",
    ]
    notices = list(Notice.objects.filter(user=merchant.user).order_by("id").values_list("kind", flat=True))
    assert notices == ["verification_submitted", "verification_approved"]
    assert not Notice.objects.filter(user=compliance.user).exists()


def test_two_parties_of_one_owner_share_the_company(merchant, compliance):
    from marketplace.accounts.services.parties import found_party

    second = found_party(actor=Actor(user_id=merchant.user.pk), kind="supplier", name="Chenyu Works")
    other = type(merchant)(
        merchant.user, second, Actor(user_id=merchant.user.pk, party_id=second.pk, role=Role.OWNER, can_sign=True)
    )
    for person in (merchant, other):
        approve_verification(actor=compliance.actor, public_id=submitted(person).public_id)
    assert LegalEntity.objects.count() == 1
    assert fresh(second).legal_entity == fresh(merchant.party).legal_entity


def test_a_company_that_moved_is_at_the_address_that_was_checked_last(merchant, compliance):
    first = submitted(merchant)
    approve_verification(actor=compliance.actor, public_id=first.public_id)
    expire_verification(actor=compliance.actor, public_id=first.public_id)
    again = submitted(merchant, values=COMPANY | {"address": "2 New Road"})
    approve_verification(actor=compliance.actor, public_id=again.public_id)
    assert LegalEntity.objects.get().address == "2 New Road"


def test_no_event_carries_what_papers_say(merchant, compliance):
    verification = submitted(merchant)
    reject_verification(
        actor=compliance.actor, public_id=verification.public_id, reason="name", words="Chenyu Tea Ltd is not it"
    )
    said = str(list(Event.objects.values_list("data", flat=True)))
    assert not [value for value in COMPANY.values() if len(value) > 2 and value in said]


def test_a_draft_is_kept_incomplete_and_gone_on_with(anchor):
    draft(anchor, "anchor", values={"legal_name": "Xia"}, papers=())
    check = check_of(anchor.actor, anchor.party, "anchor")
    assert (check.state, list(check.missing)) == ("draft", ["birth_on", "identity"])
    with pytest.raises(StillMissing) as refused:
        submit_verification(actor=anchor.actor, kind="anchor")
    assert refused.value.context["fields"] == ["birth_on", "identity"]
    assert check_of(anchor.actor, anchor.party, "anchor").state == "draft"
    draft(anchor, "anchor")
    assert submit_verification(actor=anchor.actor, kind="anchor").state == "submitted"
    assert Verification.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "asked"),
    [("brand", ["merchant"]), ("supplier", ["merchant"]), ("anchor", ["anchor", "payee"]), ("agency", ["payee"])],
)
def test_each_kind_of_party_is_asked_for_its_own(committed_db, kind, asked):
    person = make_owner(kind)
    assert [check.kind for check in checks_of(person.actor, person.party)] == asked
    for other in {"merchant", "anchor", "payee"} - set(asked):
        with pytest.raises(NotFound):
            draft(person, other)
    assert not Verification.objects.exists()
    assert not Asset.objects.exists()


@pytest.mark.parametrize("role", OTHERS)
def test_only_the_owner_writes_submits_and_takes_back(merchant, storage, role):
    submitted(merchant)
    relay_all()
    person = make_member(merchant.party, role)
    before, files = Event.objects.count(), stored_files(storage)
    for act in (
        lambda: draft(person),
        lambda: submit_verification(actor=person.actor, kind="merchant"),
        lambda: withdraw_verification(actor=person.actor, kind="merchant"),
        lambda: revise_verification(actor=person.actor, kind="merchant"),
        lambda: remove_document(actor=person.actor, kind="merchant", document_id="vdc_x"),
    ):
        with pytest.raises(Forbidden):
            act()
    assert (Event.objects.count(), stored_files(storage)) == (before, files)
    assert check_of(person.actor, merchant.party, "merchant").verification is None


@pytest.mark.parametrize(("years", "days"), [(15, 364), (15, 0), (0, 0)])
def test_under_sixteen_is_refused(anchor, years, days):
    draft(anchor, "anchor", values=minor() | {"birth_on": born(years, days)}, papers=("identity", "guardian_identity"))
    with pytest.raises(TooYoung):
        submit_verification(actor=anchor.actor, kind="anchor")
    assert Verification.objects.get().state == "draft"
    assert not Event.objects.filter(name="verification.submitted").exists()


@pytest.mark.parametrize("years", [-1, 121])
def test_a_birth_date_that_cannot_be_is_refused(anchor, years):
    draft(anchor, "anchor", values=adult() | {"birth_on": born(years)})
    with pytest.raises(NotBornYet):
        submit_verification(actor=anchor.actor, kind="anchor")


@pytest.mark.parametrize("years", [16, 17])
def test_sixteen_and_seventeen_need_a_guardian(anchor, years):
    draft(anchor, "anchor", values={"legal_name": "Xia Wei", "birth_on": born(years)})
    with pytest.raises(StillMissing) as refused:
        submit_verification(actor=anchor.actor, kind="anchor")
    assert refused.value.context["fields"] == ["guardian_name", "guardian_email", "guardian_identity"]
    verification = submitted(anchor, "anchor", values=minor(years), papers=("guardian_identity",))
    assert (verification.state, verification.guardian_name) == ("submitted", "Xia Lan")


def test_who_turned_eighteen_today_needs_none_and_no_guardians_data_is_kept(anchor):
    verification = submitted(anchor, "anchor", values=minor() | {"birth_on": born(18)})
    assert (verification.guardian_name, verification.guardian_email) == ("", "")


def test_the_money_of_a_minor_goes_to_the_guardian(anchor):
    submitted(anchor, "anchor", values=minor(), papers=("identity", "guardian_identity"))
    draft(anchor, "payee")
    with pytest.raises(HolderIsNotGuardian):
        submit_verification(actor=anchor.actor, kind="payee")
    draft(anchor, "payee", values=HOLDER | {"legal_name": "xia  LAN"}, papers=())
    assert submit_verification(actor=anchor.actor, kind="payee").state == "submitted"


def test_a_payees_check_from_before_her_age_was_known_ends_with_it(anchor, compliance):
    own = submitted(anchor, "payee")
    approve_verification(actor=compliance.actor, public_id=own.public_id)
    assert verified_holder(anchor.party.pk) == "Xia Wei"
    hers = submitted(anchor, "anchor", values=minor(), papers=("identity", "guardian_identity"))
    approve_verification(actor=compliance.actor, public_id=hers.public_id)
    assert (fresh(own).state, verified_holder(anchor.party.pk)) == ("expired", None)
    again = submitted(anchor, "payee", values=HOLDER | {"legal_name": "Xia Lan"})
    approve_verification(actor=compliance.actor, public_id=again.public_id)
    assert verified_holder(anchor.party.pk) == "Xia Lan"


def test_a_payees_check_handed_in_before_her_age_was_known_is_not_approved(anchor, compliance):
    own = submitted(anchor, "payee")
    hers = submitted(anchor, "anchor", values=minor(), papers=("identity", "guardian_identity"))
    approve_verification(actor=compliance.actor, public_id=hers.public_id)
    with pytest.raises(HolderIsNotGuardian):
        approve_verification(actor=compliance.actor, public_id=own.public_id)
    assert (fresh(own).state, verified_holder(anchor.party.pk)) == ("submitted", None)


def test_a_rejected_one_says_why_and_is_handed_in_again(merchant, compliance):
    verification = submitted(merchant)
    reject_verification(
        actor=compliance.actor, public_id=verification.public_id, reason="unreadable", words=" Too dark. "
    )
    relay_all()
    verification = fresh(verification)
    assert (verification.state, verification.reason, verification.reason_words) == (
        "rejected",
        "unreadable",
        "Too dark.",
    )
    assert Notice.objects.filter(user=merchant.user, kind="verification_rejected").count() == 1
    assert not is_verified(merchant.party.pk, "merchant")
    with pytest.raises(Conflict):
        draft(merchant)
    revise_verification(actor=merchant.actor, kind="merchant")
    draft(merchant, papers=())
    submit_verification(actor=merchant.actor, kind="merchant")
    approve_verification(actor=compliance.actor, public_id=verification.public_id)
    verification = fresh(verification)
    assert (verification.state, verification.reason, verification.reason_words) == ("approved", "", "")


def test_an_expired_one_is_a_fact_no_more_and_a_new_one_may_begin(merchant, compliance):
    first = submitted(merchant)
    approve_verification(actor=compliance.actor, public_id=first.public_id)
    expire_verification(actor=compliance.actor, public_id=first.public_id)
    assert not is_verified(merchant.party.pk, "merchant")
    assert not VerifiedFact.objects.exists()
    second = draft(merchant)
    assert second.pk != first.pk


def test_a_fact_holds_until_its_end(merchant):
    now = clock.now()
    fact = VerifiedFact.objects.create(party=merchant.party, kind="payee", until=now + timedelta(seconds=60))
    assert is_verified(merchant.party.pk, "payee")
    fact.until = now
    fact.save()
    assert not is_verified(merchant.party.pk, "payee")


@pytest.mark.parametrize("roles", [(), (StaffRole.OPERATIONS,), (StaffRole.FINANCE,)])
def test_nobody_but_compliance_decides_or_looks(merchant, roles):
    verification = submitted(merchant)
    relay_all()
    document = verification.documents.get()
    people = [make_staff(*roles), make_owner(name="Other"), make_member(merchant.party, Role.MANAGER)]
    before = Event.objects.count()
    for actor in [person.actor for person in people]:
        for act, what in (
            (approve_verification, {"public_id": verification.public_id}),
            (reject_verification, {"public_id": verification.public_id, "reason": "name"}),
            (expire_verification, {"public_id": verification.public_id}),
            (log_document_view, {"document_id": document.public_id}),
        ):
            with pytest.raises(NotFound):
                act(actor=actor, **what)
    assert Event.objects.count() == before
    assert not DocumentView.objects.exists()


def test_its_own_owner_sees_that_it_is_there_and_neither_decides_nor_opens_it(merchant):
    verification = submitted(merchant)
    relay_all()
    for act in (approve_verification, expire_verification):
        with pytest.raises(Forbidden):
            act(actor=merchant.actor, public_id=verification.public_id)
    document = check_of(merchant.actor, merchant.party, "merchant").documents[0]
    with pytest.raises(NotFound):
        log_document_view(actor=merchant.actor, document_id=document.public_id)
    assert fresh(verification).state == "submitted"


def test_who_decides_does_not_belong_to_the_party(merchant, compliance):
    verification = submitted(merchant)
    relay_all()
    former = Membership.objects.create(user=compliance.user, party=merchant.party, role=Role.VIEWER)
    Membership.objects.filter(pk=former.pk).update(removed_at=clock.now())
    with pytest.raises(OwnParty):
        approve_verification(actor=compliance.actor, public_id=verification.public_id)
    with pytest.raises(OwnParty):
        reject_verification(actor=compliance.actor, public_id=verification.public_id, reason="name")
    with pytest.raises(NotFound):
        log_document_view(actor=compliance.actor, document_id=verification.documents.get().public_id)
    assert fresh(verification).state == "submitted"


def test_every_look_at_a_paper_is_written_down_and_stays(merchant, compliance):
    verification = submitted(merchant)
    document = verification.documents.get()
    with pytest.raises(NotFound):  # not drawn yet
        log_document_view(actor=compliance.actor, document_id=document.public_id)
    relay_all()
    actor = Actor(user_id=compliance.user.pk, staff_roles=compliance.actor.staff_roles, request_id="req_1")
    log_document_view(actor=actor, document_id=document.public_id)
    log_document_view(actor=actor, document_id=document.public_id)
    assert (
        list(DocumentView.objects.values_list("viewer", "document", "request_id"))
        == [(compliance.user.pk, document.pk, "req_1")] * 2
    )
    for statement in ("UPDATE {} SET request_id = ''", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format("verification_documentview"))
    assert DocumentView.objects.count() == 2


def later(monkeypatch, **length) -> None:
    then = clock.now() + timedelta(**length)
    monkeypatch.setattr("marketplace.core.clock.now", lambda: then)


@pytest.mark.parametrize("decide", ["approve", "reject"])
def test_papers_are_deleted_ninety_days_after_the_decision(merchant, compliance, storage, monkeypatch, decide):
    save(actor=merchant.actor, kind="merchant", values=COMPANY, papers={"registration": pdf_paper()})
    verification = submitted(merchant)
    relay_all()
    assert len(stored_files(storage)) == 2
    if decide == "approve":
        approve_verification(actor=compliance.actor, public_id=verification.public_id)
    else:
        reject_verification(actor=compliance.actor, public_id=verification.public_id, reason="name")
    later(monkeypatch, days=89, hours=23)
    fire_due()
    assert len(stored_files(storage)) == 2
    later(monkeypatch, hours=2)
    fire_due()
    relay_all()
    assert stored_files(storage) == []
    assert set(Asset.objects.values_list("state", "original")) == {("erased", "")}
    erased = Event.objects.get(name="verification.documents_erased")
    assert erased.data == {"documents": 2}
    assert fresh(verification).legal_name == COMPANY["legal_name"]
    with pytest.raises(NotFound):
        log_document_view(actor=compliance.actor, document_id=VerificationDocument.objects.first().public_id)


def test_papers_that_wait_for_us_are_not_deleted_and_those_of_a_forgotten_draft_are(merchant, storage, monkeypatch):
    submitted(merchant)
    relay_all()
    assert not Timer.objects.filter(state="pending").exists()
    withdraw_verification(actor=merchant.actor, kind="merchant")
    later(monkeypatch, days=90, seconds=1)
    fire_due()
    relay_all()
    assert stored_files(storage) == []
    assert list(check_of(merchant.actor, merchant.party, "merchant").missing) == ["registration"]


def test_a_paper_that_is_taken_out_is_erased_at_once(merchant, storage):
    verification = draft(merchant)
    relay_all()
    document = verification.documents.get()
    remove_document(actor=merchant.actor, kind="merchant", document_id=document.public_id)
    relay_all()
    assert stored_files(storage) == []
    with pytest.raises(NotFound):
        remove_document(actor=merchant.actor, kind="merchant", document_id=document.public_id)


def test_a_paper_cannot_be_taken_out_of_what_was_handed_in(merchant, storage):
    verification = submitted(merchant)
    relay_all()
    files = stored_files(storage)
    with pytest.raises(Conflict):
        remove_document(actor=merchant.actor, kind="merchant", document_id=verification.documents.get().public_id)
    relay_all()
    assert stored_files(storage) == files


def test_at_most_ten_papers(merchant, storage):
    for _ in range(10):
        draft(merchant)
    before = len(stored_files(storage))
    with pytest.raises(TooManyDocuments):
        draft(merchant)
    assert VerificationDocument.objects.count() == 10
    assert len(stored_files(storage)) == before


def test_one_check_of_a_kind_is_alive(merchant):
    draft(merchant)
    with pytest.raises(IntegrityError, match="verification_one_alive"), transaction.atomic():
        Verification.objects.create(party=merchant.party, kind="merchant", started_by=merchant.user)
    expired = Verification(party=merchant.party, kind="merchant", started_by=merchant.user, state="expired")
    expired.save()


MOVES = {
    ("draft", "submit"): "submitted",
    ("submitted", "withdraw"): "draft",
    ("submitted", "approve"): "approved",
    ("submitted", "reject"): "rejected",
    ("rejected", "revise"): "draft",
    ("approved", "expire"): "expired",
}


@pytest.mark.parametrize("state", list(VerificationState))
@pytest.mark.parametrize("move", ["submit", "withdraw", "approve", "reject", "revise", "expire"])
def test_every_state_and_move(state, move):
    verification = Verification(state=state.value)
    target = MOVES.get((state.value, move))
    if target is None:
        with pytest.raises(IllegalTransition):
            VERIFICATION.fire(verification, move)
        assert verification.state == state.value
    else:
        assert VERIFICATION.fire(verification, move).target == verification.state == target


@pytest.mark.parametrize("state", ["draft", "approved", "rejected"])
def test_a_decision_on_what_is_not_with_us_changes_nothing(merchant, compliance, state):
    verification = draft(merchant)
    changes = {"state": state, "decided_at": clock.now(), "reason": "name" if state == "rejected" else ""}
    Verification.objects.filter(pk=verification.pk).update(**changes)
    before = Event.objects.count()
    with pytest.raises(IllegalTransition):
        approve_verification(actor=compliance.actor, public_id=verification.public_id)
    with pytest.raises(IllegalTransition):
        reject_verification(actor=compliance.actor, public_id=verification.public_id, reason="other", words="x")
    assert (fresh(verification).state, Event.objects.count()) == (state, before)
    assert not VerifiedFact.objects.exists()
    assert not LegalEntity.objects.exists()
