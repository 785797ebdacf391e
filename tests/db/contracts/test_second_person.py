"""A contract above the merchant's limit: two requests to pay it, and a yes that meets the other side's no."""

import pytest

from marketplace.contracts.models import Contract
from marketplace.contracts.services.cancelling import call_off
from marketplace.core.actor import Role
from marketplace.payments.models import Approval, Funding
from marketplace.payments.services.approvals import approve, set_limit
from tests.db.contracts.test_work import PAYS, protected, state
from tests.factories.deals import verify as verified
from tests.factories.funded import asked_to_pay, signed
from tests.factories.people import Person, make_member, make_owner
from tests.factories.world import lot_of
from tests.support.races import race


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def colleague(merchant) -> Person:
    person = make_member(merchant.party, Role.FINANCE)
    set_limit(actor=merchant.actor, currency="CNY", limit_minor=1_000)
    return person


@pytest.fixture
def contract(merchant, colleague) -> Contract:
    anchor = make_owner("anchor", "Xia Wei")
    verified(anchor.party, "anchor")
    return signed(merchant, anchor)


def test_asked_for_twice_and_approved_twice_it_is_one_payment(merchant, colleague, contract):
    asked = [asked_to_pay(merchant, contract, key=key) for key in ("one", "two")]
    assert [type(one) for one in asked] == [Approval, Approval]
    results = [approve(actor=colleague.actor, public_id=one.public_id).result for one in asked]
    funding = Funding.objects.get()
    assert results == [funding.public_id, funding.public_id]
    assert (funding.contract, funding.amount_minor, funding.state) == (contract.public_id, PAYS, "submitting")


@pytest.mark.parametrize("_round", range(5))
def test_approved_and_called_off_at_once(merchant, colleague, contract, _round):
    """Whichever comes first: paid and at work, or called off and not paid."""
    lot_of(merchant, PAYS)
    asked = asked_to_pay(merchant, contract, source="wallet")
    race(
        lambda: approve(actor=colleague.actor, public_id=asked.public_id),
        lambda: call_off(actor=merchant.actor, public_id=contract.public_id),
    )
    end = state(contract), protected(contract), Approval.objects.get().state
    assert end in {("active", PAYS, "approved"), ("cancelled", 0, "asked")}
