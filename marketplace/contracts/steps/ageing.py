"""Day 85 of a payment: a provider holds money for 90 days at most, so it is decided where it goes, dispute or not.

What is out in the public and undisputed is released, with what was kept back of it; everything else goes back to its
source, and a dispute about it goes on outside of protected funds (docs/legal.md).
"""

from collections.abc import Sequence

from marketplace.contracts.events import ContractCancelled
from marketplace.contracts.machine import (
    AT_WORK,
    CANCELLATION,
    CONTRACT,
    CancellationState,
    ContractState,
    DeliverableState,
)
from marketplace.contracts.models import Contract, Deliverable, Return
from marketplace.contracts.steps.disputing import overtake
from marketplace.contracts.steps.extra_rounds import return_rounds, settle_rounds
from marketplace.contracts.steps.finishing import verify_work
from marketplace.contracts.steps.releasing import (
    funds_are_frozen,
    give_back,
    is_frozen,
    release_what_was_kept_back,
    unsettled_minor,
)
from marketplace.contracts.steps.working import complete_when_done, void
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step


@step
def end_by_age(contract: Contract, work: Sequence[Deliverable], *, by: Actor) -> None:
    """Nothing happens when it is settled already, or while the payer's bank holds the money: it is no longer with the
    provider, and its clock begins anew if it comes back. The caller has locked contract and work."""
    if contract.state not in AT_WORK or funds_are_frozen(contract):
        return
    for one in work:
        if one.state == DeliverableState.PUBLISHED and not is_frozen(one):
            verify_work(one, by=by, by_clock=True)
        if one.state == DeliverableState.VERIFIED:
            release_what_was_kept_back(one, by=by)
    complete_when_done(contract, by=by)
    if contract.state == ContractState.COMPLETED:
        return
    still_open = [one for one in work if one.is_open]
    rounds, back = _settle_rounds(contract, still_open, by=by)
    close_questions(contract)
    back += give_back(contract, by=by, gross_minor=unsettled_minor(contract), why=Return.Why.TOO_OLD)
    for one in still_open:
        void(one, by=by)
    move = CONTRACT.fire(contract, "end_by_age")
    contract.closed_at = clock.now()
    contract.save(update_fields=["state", "closed_at"])
    ended = ContractCancelled(
        aggregate=contract.public_id,
        subject=contract.subject,
        how="too_old",
        kill_fee_minor=0,
        rounds_minor=rounds,
        refunded_minor=back.amount_minor,
        currency=contract.currency,
    )
    record(ended, by=by, move=move)


def _settle_rounds(contract: Contract, still_open: Sequence[Deliverable], *, by: Actor) -> tuple[int, Money]:
    """Further rounds that were used are owed, but not where a dispute stands: what is disputed goes back."""
    to_anchor, back = 0, Money.zero(contract.currency)
    for one in still_open:
        if is_frozen(one):
            back += return_rounds(one, by=by, why=Return.Why.TOO_OLD)
            continue
        used, unused = settle_rounds(contract, [one], by=by, why=Return.Why.TOO_OLD)
        to_anchor, back = to_anchor + used, back + unused
    return to_anchor, back


@step
def close_questions(contract: Contract) -> None:
    """Requests to end it, and disputes: the contract ends otherwise."""
    for asked in contract.cancellations.filter(state=CancellationState.REQUESTED):
        CANCELLATION.fire(asked, "refuse")
        asked.closed_at = clock.now()
        asked.save(update_fields=["state", "closed_at"])
    for dispute in contract.disputes.open():
        overtake(dispute)
