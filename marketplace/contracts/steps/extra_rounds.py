"""A further round of changes through its life: taken up, used, released with its work, given back.

Every change of one happens under the lock of its contract and its deliverable.
"""

from collections.abc import Iterable, Sequence

from marketplace.contracts.events import ExtraRoundClosed, ExtraRoundPaid
from marketplace.contracts.machine import EXTRA_ROUND, DeliverableState, ExtraRoundState
from marketplace.contracts.models import Contract, Deliverable, ExtraRound, Release, Return
from marketplace.contracts.releasing import Parts
from marketplace.contracts.steps.changing import ask_for_changes
from marketplace.contracts.steps.releasing import give_back, next_parts, release
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.payments.models import Transfer


def protected_rounds(work: Iterable[Deliverable]) -> list[ExtraRound]:
    """Those of these pieces whose money is protected, oldest first; each knows its deliverable."""
    pieces = {one.pk: one for one in work}
    found = list(ExtraRound.objects.protected().filter(deliverable__in=pieces).order_by("id")) if pieces else []
    for extra_round in found:
        extra_round.deliverable = pieces[extra_round.deliverable_id]
    return found


def disputed_minor(deliverable: Deliverable) -> int:
    """What a dispute about it would freeze: its share of the fee, and the rounds that were bought for it."""
    rounds = sum(one.falls.gross_minor for one in protected_rounds([deliverable]))
    return deliverable.releases_minor + rounds


def may_ask_for_round(deliverable: Deliverable) -> bool:
    """It is in review, its free rounds are used, and the contract names a price for another one."""
    in_review = deliverable.state == DeliverableState.SUBMITTED and not deliverable.rounds_left
    return in_review and deliverable.contract.extra_round is not None


def next_release(deliverable: Deliverable) -> Parts | None:
    """What it releases as it stands, part by part: its share of the fee, and the rounds that were bought for it."""
    contract = deliverable.contract
    found = [next_parts(contract, one.falls.gross_minor, extra_round=one) for one in protected_rounds([deliverable])]
    if deliverable.releases_minor:
        found.append(next_parts(contract, deliverable.releases_minor))
    return sum(found[1:], start=found[0]) if found else None


@step
def take_up(extra_round: ExtraRound, *, by: Actor, source: str, lots: Sequence[str]) -> None:
    """Its money is protected: the changes are asked for, in its words. `source` is a payment's public id, or wallet."""
    deliverable = extra_round.deliverable
    EXTRA_ROUND.fire(extra_round, "pay")
    extra_round.funded_by, extra_round.lots, extra_round.paid_at = source, list(lots), clock.now()
    extra_round.save(update_fields=["state", "funded_by", "lots", "paid_at"])
    pays = extra_round.pays
    paid = ExtraRoundPaid(
        aggregate=deliverable.public_id,
        extra_round=extra_round.public_id,
        source=source,
        amount_minor=pays.amount_minor,
        currency=pays.currency,
    )
    record(paid, by=by)
    deliverable.rounds_allowed += 1
    ask_for_changes(deliverable, extra_round.words, by=by, bought=True)


@step
def use_rounds(deliverable: Deliverable) -> None:
    """It was handed in again after them: they are owed from now on."""
    for extra_round in deliverable.extra_rounds.filter(state=ExtraRoundState.PAID):
        EXTRA_ROUND.fire(extra_round, "use")
        extra_round.used_at = clock.now()
        extra_round.save(update_fields=["state", "used_at"])


@step
def lapse_asked_round(deliverable: Deliverable, *, by: Actor) -> None:
    """The review is over otherwise, and it was not paid: a payment that still comes goes back."""
    for extra_round in deliverable.extra_rounds.filter(state=ExtraRoundState.ASKED):
        EXTRA_ROUND.fire(extra_round, "lapse")
        close(extra_round, by=by)


@step
def close(extra_round: ExtraRound, *, by: Actor) -> None:
    """Without money: it lapsed, or was taken back."""
    extra_round.closed_at = clock.now()
    extra_round.save(update_fields=["state", "closed_at"])
    deliverable = extra_round.deliverable.public_id
    closed = ExtraRoundClosed(aggregate=deliverable, extra_round=extra_round.public_id, how=extra_round.state)
    record(closed, by=by)


@step
def release_rounds(deliverable: Deliverable, *, by: Actor, by_clock: bool = False) -> list[Transfer]:
    """All that is protected for rounds of this piece becomes the payees', whole: nothing of it is kept back."""
    transfers = []
    for extra_round in protected_rounds([deliverable]):
        transfers += _release(extra_round, by=by, gross_minor=extra_round.falls.gross_minor, by_clock=by_clock)
        _settle(extra_round)
    return transfers


@step
def settle_rounds(contract: Contract, work: Iterable[Deliverable], *, by: Actor, why: Return.Why) -> tuple[int, Money]:
    """The work ends early: what was used is owed in full, what was not goes back with its fee and VAT.

    Returns what went to the anchor's side, in minor units, and what went back.
    """
    to_anchor, back = 0, Money.zero(contract.currency)
    for extra_round in protected_rounds(work):
        gross = extra_round.falls.gross_minor
        if extra_round.state == ExtraRoundState.USED:
            _release(extra_round, by=by, gross_minor=gross)
            to_anchor += gross
        else:
            back += _give_back(extra_round, by=by, gross_minor=gross, why=why)
        _settle(extra_round)
    return to_anchor, back


@step
def return_rounds(deliverable: Deliverable, *, by: Actor, why: Return.Why) -> Money:
    """All of it goes back, used or not; returns how much."""
    back = Money.zero(deliverable.contract.currency)
    for extra_round in protected_rounds([deliverable]):
        back += _give_back(extra_round, by=by, gross_minor=extra_round.falls.gross_minor, why=why)
        _settle(extra_round)
    return back


@step
def split_rounds(deliverable: Deliverable, anchor_bp: int, *, by: Actor) -> tuple[int, int]:
    """As a dispute was decided: each by the same share. Returns the anchor's side's part and the merchant's."""
    to_anchor = to_merchant = 0
    for extra_round in protected_rounds([deliverable]):
        gross = extra_round.falls.gross_minor
        part = gross * anchor_bp // 10_000
        _release(extra_round, by=by, gross_minor=part, why=Release.Why.DISPUTE)
        _give_back(extra_round, by=by, gross_minor=gross - part, why=Return.Why.DISPUTE)
        _settle(extra_round)
        to_anchor, to_merchant = to_anchor + part, to_merchant + gross - part
    return to_anchor, to_merchant


def _release(
    extra_round: ExtraRound,
    *,
    by: Actor,
    gross_minor: int,
    why: Release.Why = Release.Why.ROUND,
    by_clock: bool = False,
) -> list[Transfer]:
    return release(
        extra_round.contract,
        by=by,
        gross_minor=gross_minor,
        why=why,
        deliverable=extra_round.deliverable,
        by_clock=by_clock,
        extra_round=extra_round,
    )


def _give_back(extra_round: ExtraRound, *, by: Actor, gross_minor: int, why: Return.Why) -> Money:
    return give_back(extra_round.contract, by=by, gross_minor=gross_minor, why=why, extra_round=extra_round)


def _settle(extra_round: ExtraRound) -> None:
    EXTRA_ROUND.fire(extra_round, "settle")
    extra_round.closed_at = clock.now()
    extra_round.save(update_fields=["state", "closed_at"])
