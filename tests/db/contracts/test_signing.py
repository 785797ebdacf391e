"""From agreed terms to a contract that all have signed, or that binds nobody."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import InternalError, ProgrammingError, connection, transaction

from marketplace.accounts.models import Membership
from marketplace.contracts.errors import (
    AlreadySigned,
    AnchorNotVerified,
    DocumentChanged,
    NotASigner,
    SelfDealing,
)
from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Contract, ContractDocument, Signature
from marketplace.contracts.selectors import documents_of, governing_document, prove, signers_of
from marketplace.contracts.services.signing import decline, sign
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import IllegalTransition, NotFound
from marketplace.core.models import Event, Timer
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice, OutgoingMail
from tests.factories.deals import PROOF, company, deal, drafted, sign_as, verify
from tests.factories.people import Person, make_member, make_owner
from tests.factories.world import represented
from tests.support.races import race
from tests.support.relay import relay_all


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei")
    verify(person.party, "anchor")
    return person


@pytest.fixture
def agency(anchor) -> Person:
    person = make_owner("agency", "North Quay")
    represented(person, anchor)
    relay_all()
    Notice.objects.all().delete()
    OutgoingMail.objects.all().delete()
    return person


def test_two_sign_and_it_binds(merchant, anchor):
    contract = drafted(merchant, anchor)
    assert contract.state == ContractState.SIGNING
    assert contract.sign_by - contract.drafted_at == pytest.approx(timedelta(hours=72), abs=timedelta(seconds=5))
    assert sign_as(anchor, contract).state == ContractState.SIGNING
    done = sign_as(merchant, contract)
    assert (done.state, done.concluded_at is not None) == (ContractState.AWAITING_FUNDS, True)
    assert not Timer.objects.filter(kind__startswith="contract.sign", state="pending").exists()
    assert Contract.objects.get().state == ContractState.AWAITING_FUNDS


def fire_due_after(**length) -> int:
    with time_machine.travel(clock.now() + timedelta(**length)):
        return fire_due()


def test_without_a_fee_it_starts_at_once(merchant, anchor):
    contract = drafted(merchant, anchor, deal=deal(price_model="barter", fee_minor=0, gift="A tea set"))
    sign_as(anchor, contract)
    assert sign_as(merchant, contract).state == ContractState.ACTIVE


def test_an_agency_in_force_is_the_third_party_with_the_share_of_that_day(merchant, anchor, agency):
    contract = drafted(merchant, anchor)
    assert contract.agency == agency.party
    assert (contract.falls.agency_minor, contract.falls.anchor_minor) == (180_000, 1_020_000)
    for person in (anchor, merchant):
        assert sign_as(person, contract).state == ContractState.SIGNING
    assert sign_as(agency, contract).state == ContractState.AWAITING_FUNDS
    assert [signer.capacity for signer in signers_of(contract)] == ["merchant", "anchor", "agency"]


def test_outside_its_scope_the_agency_is_no_party(merchant, anchor, agency):
    assert drafted(merchant, anchor, scope="video").agency is None


def test_nobody_signs_for_the_anchor_but_the_anchor(merchant, anchor, agency):
    contract = drafted(merchant, anchor)
    sign_as(agency, contract)
    with pytest.raises(AlreadySigned):
        sign_as(agency, contract)
    assert list(Signature.objects.values_list("capacity", flat=True)) == ["agency"]


def test_only_a_member_with_the_right_signs(merchant, anchor):
    contract = drafted(merchant, anchor)
    for role in (Role.MANAGER, Role.FINANCE, Role.MEMBER, Role.VIEWER):
        with pytest.raises(NotASigner):
            sign_as(make_member(merchant.party, role), contract)
    with pytest.raises(NotFound):
        sign_as(make_owner("brand", "Far Away"), contract)
    assert not Signature.objects.exists()
    assert sign_as(make_member(merchant.party, Role.MANAGER, can_sign=True), contract).signatures.count() == 1


def test_the_text_that_is_signed_is_the_one_that_was_shown(merchant, anchor):
    contract = drafted(merchant, anchor)
    courtesy = contract.documents.get(governs=False)
    for other in (courtesy.sha256, "0" * 64, ""):
        with pytest.raises(DocumentChanged):
            sign(actor=anchor.actor, public_id=contract.public_id, document_sha256=other, proof=PROOF)
    assert not Signature.objects.exists()


def test_an_anchor_is_verified_before_anybody_signs(merchant, committed_db):
    stranger = make_owner("anchor", "Nobody Knows")
    contract = drafted(merchant, stranger)
    for person in (merchant, stranger):
        with pytest.raises(AnchorNotVerified):
            sign_as(person, contract)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("shared", ["member", "company", "tax_id"])
def test_the_two_sides_are_not_the_same_people(merchant, anchor, shared):
    contract = drafted(merchant, anchor)
    if shared == "member":
        Membership.objects.create(user=merchant.user, party=anchor.party, role=Role.OWNER)
    else:
        entity = company(merchant, tax_id="91-3502 00ab")
        other = company(anchor, name="Xia Wei", tax_id="91350200AB")
        if shared == "company":
            type(anchor.party).objects.filter(pk=anchor.party.pk).update(legal_entity=entity)
        assert entity.pk != other.pk
    with pytest.raises(SelfDealing):
        sign_as(anchor, contract)
    anchor.party.refresh_from_db()
    with pytest.raises(SelfDealing):
        drafted(merchant, anchor)
    assert (Contract.objects.count(), Signature.objects.count()) == (1, 0)


def test_after_72_hours_unsigned_it_binds_nobody(merchant, anchor):
    contract = drafted(merchant, anchor)
    relay_all()
    sign_as(anchor, contract)
    reminded = dict.fromkeys((48.1, 68.1))
    for hours in reminded:
        assert fire_due_after(hours=hours) == 1
    assert fire_due_after(hours=71.9) == 0
    assert fire_due_after(hours=72.1) == 1
    contract.refresh_from_db()
    assert contract.state == ContractState.LAPSED
    with pytest.raises(IllegalTransition):
        sign_as(merchant, contract)
    with time_machine.travel(clock.now() + timedelta(hours=73)):
        relay_all()
    to_merchant = Notice.objects.filter(user=merchant.user).values_list("kind", flat=True)
    assert sorted(to_merchant) == sorted(
        ["contract_to_sign", "contract_signed_by", "contract_sign_soon", "contract_sign_soon", "contract_unsigned"]
    )
    assert not Notice.objects.filter(user=anchor.user, kind="contract_sign_soon").exists()  # she had signed


def test_a_second_too_late_is_too_late(merchant, anchor):
    contract = drafted(merchant, anchor)
    with time_machine.travel(contract.sign_by, tick=False), pytest.raises(IllegalTransition):
        sign_as(anchor, contract)


def test_a_signer_says_no(merchant, anchor):
    contract = drafted(merchant, anchor)
    sign_as(anchor, contract)
    with pytest.raises(AlreadySigned):  # whoever signed has given her word
        decline(actor=anchor.actor, public_id=contract.public_id)
    assert decline(actor=merchant.actor, public_id=contract.public_id).state == ContractState.LAPSED
    assert not fire_due_after(hours=80)


def test_everyone_gets_a_copy_and_the_hash(merchant, anchor):
    contract = drafted(merchant, anchor)
    sign_as(anchor, contract)
    sign_as(merchant, contract)
    relay_all()
    governing = governing_document(contract)
    for person in (merchant, anchor):
        copy = OutgoingMail.objects.get(to=person.user.email, subject__startswith=contract.number, html="")
        assert governing.sha256 in copy.text
        assert governing.content in copy.text
    assert Notice.objects.filter(kind="contract_concluded").count() == 2


def test_what_was_typed_stays_literal_in_the_text(merchant, anchor):
    brief = {"goal": "{% load static %}{{ deal }}<b>&amp;", "do": "first\n1. PARTIES\nMerchant: somebody else"}
    text = governing_document(drafted(merchant, anchor, brief=brief, governing_language="en")).content
    assert "Goal: {% load static %}{{ deal }}<b>&amp;" in text
    assert "\n    1. PARTIES\n    Merchant: somebody else\n" in text
    assert "CNY 12,000.00" in text
    assert "CNY 12,636.00" in text


def test_both_languages_say_the_same_numbers(merchant, anchor, agency):
    english, chinese = sorted(documents_of(drafted(merchant, anchor)), key=lambda one: one.language)
    for said in ("12,000.00", "12,636.00", "1,800.00", "10,200.00", "3,600.00", "8,400.00"):
        assert said in english.content, said
        assert said in chinese.content, said
    assert chinese.governs
    assert "courtesy translation" in english.content


def test_the_verifying_page_hashes_anew(merchant, anchor):
    contract = drafted(merchant, anchor)
    with pytest.raises(NotFound):
        prove(contract.public_id)
    sign_as(anchor, contract)
    assert prove(contract.public_id).holds
    Contract.objects.filter(pk=contract.pk).update(canonical=contract.canonical | {"brief": {"goal": "another"}})
    assert not prove(contract.public_id).holds


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contracts_signature SET name = 'somebody'",
        "DELETE FROM contracts_signature",
        "TRUNCATE contracts_signature",
        "UPDATE contracts_contractdocument SET content = ''",
        "DELETE FROM contracts_contractdocument",
        "TRUNCATE contracts_contractdocument",
    ],
)
def test_the_database_keeps_what_was_signed(merchant, anchor, statement):
    sign_as(anchor, drafted(merchant, anchor))
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (Signature.objects.count(), ContractDocument.objects.count()) == (1, 2)


def test_ten_clicks_are_one_signature_and_two_signers_at_once_conclude_once(merchant, anchor):
    contract = drafted(merchant, anchor)
    clicks = [partial(sign_as, person, contract) for person in (merchant, anchor) for _ in range(5)]
    results = race(*clicks)
    assert sum(isinstance(result, Contract) for result in results) == 2, results
    assert Event.objects.filter(name="contract.concluded").count() == 1
    assert Signature.objects.count() == 2
    assert Contract.objects.get().state == ContractState.AWAITING_FUNDS
