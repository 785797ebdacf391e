"""A seat goes to another anchor: what is left of the contract is drafted anew for her, and its funds follow.

Both contracts are locked, in one statement, by whoever calls these.
"""

from collections.abc import Sequence
from datetime import date

from marketplace.accounts.models import Party
from marketplace.contracts.amending import successor_terms
from marketplace.contracts.errors import CapTooHigh, NothingOwed
from marketplace.contracts.events import ContractCancelled, ContractHandedOver
from marketplace.contracts.machine import CONTRACT, HANDOVER, AbsenceState, ContractState, DeliverableState
from marketplace.contracts.models import Contract, Deliverable, Handover, Return
from marketplace.contracts.releasing import Parts, rest_of
from marketplace.contracts.steps.drafting import draft_contract
from marketplace.contracts.steps.extra_rounds import settle_rounds
from marketplace.contracts.steps.finishing import verify_work
from marketplace.contracts.steps.funding import fund
from marketplace.contracts.steps.releasing import (
    frozen_or_covered,
    funds_are_frozen,
    release_what_was_kept_back,
    require_funds,
)
from marketplace.contracts.steps.working import void
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.ledger import chart
from marketplace.payments.models import Refund
from marketplace.payments.steps.protecting import protect, refund_protected


@step
def draft_successor(
    contract: Contract,
    work: Sequence[Deliverable],
    *,
    anchor: Party,
    seat: str,
    scope: str,
    fee_minor: int,
    again_on: date,
    by: Actor,
) -> Contract:
    """What is still owed, owed by another: open for signing. Nothing of the first one changes by it.

    Raises NothingOwed, CapTooHigh when more would be paid than is left, SelfDealing.
    """
    owed = still_owed(work)
    if not owed:
        raise NothingOwed
    terms = successor_terms(
        contract.deal,
        [(one.place, one.releases_minor, one.due_on) for one in owed],
        fee_minor=fee_minor,
        again_on=again_on,
        today=clock.today(contract.deal.time_zone),
    )
    drafted = draft_contract(
        actor=by,
        merchant=contract.merchant,
        anchor=anchor,
        subject=contract.subject,
        seat=seat,
        title=contract.title,
        deal=terms,
        brief=contract.brief,
        scope=scope,
        governing_language=contract.governing_language,
    )
    if not covers(contract, work, drafted):
        raise CapTooHigh(left=str(Money(left_of(contract, work).gross_minor, contract.currency)))
    return drafted


def still_owed(work: Sequence[Deliverable]) -> list[Deliverable]:
    """What another anchor could do. What is out and being checked is the work of the one who made it."""
    return [one for one in work if one.is_open and one.state != DeliverableState.PUBLISHED]


def left_of(contract: Contract, work: Sequence[Deliverable]) -> Parts:
    """What of the fee goes with the seat, part by part: what is still owed carries it. What is out, or was only kept
    back, stays with whom it is owed to.
    """
    carried = sum(one.releases_minor for one in still_owed(work))
    return rest_of(contract.falls, contract.gross_minor - carried)


def covers(contract: Contract, work: Sequence[Deliverable], successor: Contract) -> bool:
    """Whether what is left of the one pays all of the other, in every part."""
    left, wanted = left_of(contract, work), successor.falls
    names = ("gross_minor", "platform_fee_minor", "vat_minor")
    return all(getattr(left, name) >= getattr(wanted, name) for name in names)


def can_pass_on(handover: Handover, work: Sequence[Deliverable]) -> bool:
    """The first contract runs undisturbed, and still has what the other one costs; an absence that led to it still
    stands, for without it the anchor would have had to agree.
    """
    contract, absence = handover.contract, handover.absence
    if absence is not None and absence.state != AbsenceState.STANDS:
        return False
    undisturbed = contract.state == ContractState.ACTIVE and not funds_are_frozen(contract)
    return undisturbed and bool(still_owed(work)) and covers(contract, work, handover.successor)


def is_ready(handover: Handover) -> bool:
    """Let go by the one side, and signed by all of the other."""
    signed = (ContractState.AWAITING_FUNDS, ContractState.ACTIVE)
    return handover.agreed_at is not None and handover.successor.state in signed


@step
def pass_on(handover: Handover, work: Sequence[Deliverable], *, by: Actor) -> None:
    """The funds move, the one contract ends, the other one runs. `work` is the first one's, locked.

    What was delivered stays released; what is out or was only kept back is released now; rounds that were used are
    owed; what is left over goes back to its source. Raises FundsFrozen.
    """
    contract, successor = handover.contract, handover.successor
    merchant = contract.merchant
    _release_what_is_hers(work, by=by)
    open_work = still_owed(work)
    rounds, back = settle_rounds(contract, open_work, by=by, why=Return.Why.CANCELLED)
    left = left_of(contract, work)
    pays = successor.falls.money("pays")
    if left.gross_minor:
        require_funds(contract)
        Return.objects.create(
            contract=contract,
            why=Return.Why.HANDED_OVER,
            currency=contract.currency,
            at=clock.now(),
            **{name: getattr(left, name) for name in ("gross_minor", "platform_fee_minor", "vat_minor")},
        )
        account = chart.protected(contract.public_id, merchant.pk)
        with frozen_or_covered(contract):
            if pays:
                protect(merchant=merchant, contract=successor.public_id, source=account, money=pays)
            if over := left.total - pays:
                refund_protected(
                    actor=by, merchant=merchant, contract=contract.public_id, money=over, reason=Refund.Reason.CANCELLED
                )
                back += over
    HANDOVER.fire(handover, "pass_on")
    handover.moved_minor, handover.closed_at = pays.amount_minor, clock.now()
    handover.save(update_fields=["state", "moved_minor", "closed_at"])
    for one in open_work:
        void(one, by=by)
    _end(contract, rounds=rounds, back=back, by=by)
    if successor.state == ContractState.AWAITING_FUNDS:
        fund(successor, by=by, source=contract.public_id)
    passed = ContractHandedOver(
        aggregate=contract.public_id,
        successor=successor.public_id,
        subject=contract.subject,
        amount_minor=pays.amount_minor,
        currency=contract.currency,
    )
    record(passed, by=by)


def _release_what_is_hers(work: Sequence[Deliverable], *, by: Actor) -> None:
    """Of what is out and being checked the clock would decide in three days; what was kept back waits for nothing."""
    for one in work:
        if one.state == DeliverableState.PUBLISHED:
            verify_work(one, by=by, by_clock=True)
        if one.state == DeliverableState.VERIFIED:
            release_what_was_kept_back(one, by=by)


@step
def drop(handover: Handover) -> None:
    """It does not come to it: the first contract stays as it is."""
    HANDOVER.fire(handover, "drop")
    handover.closed_at = clock.now()
    handover.save(update_fields=["state", "closed_at"])


def _end(contract: Contract, *, rounds: int, back: Money, by: Actor) -> None:
    move = CONTRACT.fire(contract, "hand_over")
    contract.closed_at = clock.now()
    contract.save(update_fields=["state", "closed_at"])
    ended = ContractCancelled(
        aggregate=contract.public_id,
        subject=contract.subject,
        how="handed_over",
        kill_fee_minor=0,
        rounds_minor=rounds,
        refunded_minor=back.amount_minor,
        currency=contract.currency,
    )
    record(ended, by=by, move=move)
