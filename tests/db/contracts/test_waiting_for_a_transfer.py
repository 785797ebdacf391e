"""Whoever transferred in the last hour is on a statement days later: a contract that was told how to be paid waits for
it once, and not for ever."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.contracts.models import Contract
from marketplace.core import clock
from marketplace.core.models import Event
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from marketplace.payments.models import Funding
from tests.factories.deals import verify
from tests.factories.funded import asked_to_pay, signed
from tests.factories.people import make_owner
from tests.support.relay import relay_all

SECOND = timedelta(seconds=1)


@pytest.fixture
def contract(committed_db) -> Contract:
    merchant = make_owner()
    anchor = make_owner("anchor", "Xia Wei")
    verify(anchor.party, "anchor")
    contract = signed(merchant, anchor)
    asked_to_pay(merchant, contract)
    return contract


def told(provider: str) -> None:
    Funding.objects.update(provider=provider, state="awaiting_payer")


def state_at(contract: Contract, moment) -> str:
    with time_machine.travel(moment, tick=True):
        fire_due()
        relay_all()
    contract.refresh_from_db()
    return contract.state


def test_a_transfer_is_given_three_days_more(contract):
    told("bank_rail")
    first = contract.fund_by
    assert state_at(contract, first + SECOND) == "awaiting_funds"
    assert abs(contract.fund_by - (first + timedelta(days=3))) < SECOND
    assert Event.objects.filter(aggregate=contract.public_id, name="contract.transfer_awaited").count() == 1
    sides = {contract.merchant_id, contract.anchor_id}
    assert set(Notice.objects.filter(kind="contract_pay_longer").values_list("party", flat=True)) == sides
    assert state_at(contract, contract.fund_by - SECOND) == "awaiting_funds"
    assert state_at(contract, contract.fund_by + SECOND) == "lapsed"


@pytest.mark.parametrize("provider", ["test_bank", "stripe"])
def test_whoever_pays_at_once_has_48_hours(contract, provider):
    told(provider)
    assert state_at(contract, contract.fund_by + SECOND) == "lapsed"


def test_whoever_was_told_nothing_has_48_hours(contract):
    Funding.objects.update(state="expired", closed_at=clock.now())
    assert state_at(contract, contract.fund_by + SECOND) == "lapsed"
