"""An amendment from its words to its effect: written down, concluded, in force with its money, or given up.

Every step runs under the lock of the contract, and of its work where that changes.
"""

from collections.abc import Sequence
from datetime import timedelta

from marketplace.contracts.events import AmendmentClosed, AmendmentInForce, AmendmentToPay
from marketplace.contracts.machine import AMENDMENT, DELIVERABLE, AmendmentState, ContractState, DeliverableState
from marketplace.contracts.models import Amendment, Contract, Deliverable, Return
from marketplace.contracts.steps.clocks import FUND_WITHIN, LATE, restart_due_clock, stop_clocks
from marketplace.contracts.steps.releasing import (
    frozen_or_covered,
    funds_are_frozen,
    lots_of,
    require_funds,
    settled_minor,
)
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step
from marketplace.payments.models import Refund
from marketplace.payments.steps.protecting import refund_protected

SIGN_EXPIRE = "amendment.sign_expire"
FUND_EXPIRE = "amendment.fund_expire"
SIGN_WITHIN = timedelta(hours=72)


def fits(amendment: Amendment, work: Sequence[Deliverable]) -> bool:
    """Whether it is still about what is left: the contract runs undisturbed, nothing of the fee was settled since, and
    each piece that it gives another day is still open."""
    contract = amendment.contract
    if contract.state != ContractState.ACTIVE or funds_are_frozen(contract):
        return False
    if amendment.difference and settled_minor(contract) != amendment.settled_minor:
        return False
    return all(one.is_open for one in work if one.place in moved_places(amendment))


def moved_places(amendment: Amendment) -> set[int]:
    """Of the pieces whose day it changes."""
    days = zip(amendment.before.deliverables, amendment.deal.deliverables, strict=True)
    return {place for place, (old, new) in enumerate(days, start=1) if old.due_on != new.due_on}


@step
def conclude(amendment: Amendment, work: Sequence[Deliverable], *, by: Actor) -> None:
    """The last signature is there: in force at once, unless the merchant has to pay first."""
    cancel(SIGN_EXPIRE, amendment.public_id)
    if not amendment.pays:
        take_effect(amendment, work, by=by, transition="take_effect")
        return
    move = AMENDMENT.fire(amendment, "await_funds")
    amendment.fund_by = clock.now() + FUND_WITHIN
    amendment.save(update_fields=["state", "fund_by"])
    schedule(FUND_EXPIRE, amendment.public_id, due_at=amendment.fund_by)
    pays = amendment.pays
    to_pay = AmendmentToPay(
        aggregate=amendment.contract.public_id,
        amendment=amendment.public_id,
        amount_minor=pays.amount_minor,
        currency=pays.currency,
    )
    record(to_pay, by=by, move=move)


@step
def take_effect(
    amendment: Amendment, work: Sequence[Deliverable], *, by: Actor, transition: str, source: str = ""
) -> None:
    """The terms change, and the work and its clocks with them; a lower fee sends the difference back. The money of a
    higher one is protected by the caller, in this transaction; `source` says from where.
    """
    contract = amendment.contract
    if amendment.fee_falls:
        _send_difference_back(amendment, by=by)
    move = AMENDMENT.fire(amendment, transition)
    amendment.in_force_at, amendment.funded_by = clock.now(), source
    amendment.save(update_fields=["state", "in_force_at", "funded_by"])
    stop_amendment_clocks(amendment)
    contract.amended, contract.gross_minor = amendment.in_force, amendment.deal.fee_minor
    contract.save(update_fields=["amended", "gross_minor"])
    moved = moved_places(amendment)
    for one in work:
        one.contract = contract
        _change_work(one, amendment, has_moved=one.place in moved)
    effect = AmendmentInForce(
        aggregate=contract.public_id, amendment=amendment.public_id, number=amendment.number, subject=contract.subject
    )
    record(effect, by=by, move=move)


@step
def close(amendment: Amendment, transition: str, *, by: Actor, words: str = "") -> None:
    """It binds nobody: a payment that still comes goes back."""
    move = AMENDMENT.fire(amendment, transition)
    amendment.closed_at = clock.now()
    amendment.save(update_fields=["state", "closed_at"])
    stop_amendment_clocks(amendment)
    closed = AmendmentClosed(
        aggregate=amendment.contract.public_id, amendment=amendment.public_id, how=amendment.state, words=words
    )
    record(closed, by=by, move=move)


def _change_work(one: Deliverable, amendment: Amendment, *, has_moved: bool) -> None:
    item = amendment.deal.deliverables[one.place - 1]
    one.releases_minor, one.due_on = amendment.releases[one.place], item.due_on
    window_moved = amendment.before.publish_until != amendment.deal.publish_until
    if has_moved and one.state == DeliverableState.OVERDUE and one.due_at > clock.now():
        DELIVERABLE.fire(one, "give_time")
        one.overdue_at = None
        stop_clocks(one, LATE)
    one.save(update_fields=["state", "due_on", "releases_minor", "overdue_at"])
    if has_moved or (window_moved and one.state == DeliverableState.APPROVED):
        restart_due_clock(one)


def _send_difference_back(amendment: Amendment, *, by: Actor) -> None:
    contract, falls = amendment.contract, amendment.falls
    require_funds(contract)
    Return.objects.create(
        contract=contract,
        why=Return.Why.AMENDED,
        currency=contract.currency,
        at=clock.now(),
        **{f"{name}_minor": getattr(falls, f"{name}_minor") for name in ("gross", "platform_fee", "vat")},
    )
    with frozen_or_covered(contract):
        refund_protected(
            actor=by,
            merchant=contract.merchant,
            contract=contract.public_id,
            money=falls.money("pays"),
            reason=Refund.Reason.AMENDED,
            lots=lots_of(contract, None),
        )


def stop_amendment_clocks(amendment: Amendment) -> None:
    for kind in (SIGN_EXPIRE, FUND_EXPIRE):
        cancel(kind, amendment.public_id)


def is_payable(amendment: Amendment) -> bool:
    """Signed by all, in time; whether it still fits is looked at when the money is there."""
    return amendment.state == AmendmentState.AWAITING_FUNDS and amendment.contract.state == ContractState.ACTIVE


def standing(contract: Contract) -> Amendment | None:
    found = contract.amendments.standing().first()
    if found is not None:
        found.contract = contract
    return found
