"""What the end of a contract would do with its money, said before anybody asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.contracts.kill_fee import KillFee
from marketplace.contracts.machine import CancellationState, ContractState, DeliverableState, ExtraRoundState
from marketplace.contracts.models import Cancellation, Contract, Deliverable, Side
from marketplace.contracts.releasing import parts_of
from marketplace.contracts.steps.clocks import AFTER_DUE
from marketplace.contracts.steps.ending import cost_of_ending, cost_of_lateness
from marketplace.contracts.steps.extra_rounds import protected_rounds
from marketplace.contracts.steps.releasing import settled_minor
from marketplace.core import clock
from marketplace.core.money import Money


@dataclass(frozen=True, slots=True)
class EndPreview:
    """`asked` is the open request, whose cost is frozen; `cost` what a request would freeze now. At most one of both.

    `sums`: to the anchor's side, platform fee and VAT on it, and back; nothing before it is paid. `acts` are what the
    side may do about it. Who may end it for lateness is shown what that costs, for it is what she is offered.
    """

    contract: Contract
    asked: Cancellation | None
    cost: KillFee | None
    sums: dict[str, Money]
    is_late: bool
    acts: tuple[str, ...]

    @property
    def in_full(self) -> Money | None:
        return Money(self.cost.in_full_minor, self.contract.currency) if self.cost else None

    @property
    def rate_bp(self) -> int:
        return self.cost.rate_bp if self.cost else self.asked.rate_bp if self.asked else 0


def end_preview(contract: Contract, work: Sequence[Deliverable], side: Side) -> EndPreview:
    """As `side` sees it now; `is_late` when the merchant may end it because nothing came."""
    asked = contract.cancellations.filter(state=CancellationState.REQUESTED).first()
    if asked is not None:
        asked.contract = contract
    is_active = contract.state == ContractState.ACTIVE
    late = side == Side.MERCHANT and is_active and is_late(work)
    cost = None
    if is_active:
        cost = cost_of_lateness(contract, work) if late else cost_of_ending(contract, work, side)
    fee_minor = cost.minor if cost else asked.kill_fee_minor if asked else 0
    acts = _acts(contract, work, side, asked, late)
    return EndPreview(contract, asked, cost, sums(contract, fee_minor, work), late, acts)


def _acts(
    contract: Contract, work: Sequence[Deliverable], side: Side, asked: Cancellation | None, late: bool
) -> tuple[str, ...]:
    if asked is not None:
        return ("withdraw",) if asked.side == side else ("agree", "refuse")
    if contract.state == ContractState.AWAITING_FUNDS:
        return ("call_off",)
    if contract.state != ContractState.ACTIVE or not any(one.is_open for one in work):
        return ()
    return ("end_late",) if late else ("ask",)


def is_late(work: Sequence[Deliverable]) -> bool:
    """Something is overdue for 72 hours."""
    now = clock.now()
    return any(one.state == DeliverableState.OVERDUE and one.overdue_at + AFTER_DUE <= now for one in work)


def sums(contract: Contract, to_anchor_minor: int, work: Sequence[Deliverable]) -> dict[str, Money]:
    """What would go where, with platform fee and VAT; nothing before it is paid. `rounds` is the part of the anchor's
    side's that further rounds bring: those that were used.
    """
    if not contract.funded_at:
        return {}
    before = settled_minor(contract)
    rest = contract.gross_minor - before - to_anchor_minor
    zero = Money.zero(contract.currency)
    kept = parts_of(contract.falls, before_minor=before, gross_minor=to_anchor_minor) if to_anchor_minor else None
    back = parts_of(contract.falls, before_minor=before + to_anchor_minor, gross_minor=rest).total if rest > 0 else zero
    fees = kept.money("platform_fee") + kept.money("vat") if kept else zero
    rounds = zero
    for one in protected_rounds([one for one in work if one.is_open]):
        falls = one.falls
        if one.state == ExtraRoundState.USED:
            rounds += falls.money("gross")
            fees += falls.money("platform_fee") + falls.money("vat")
        else:
            back += falls.money("pays")
    anchor = Money(to_anchor_minor, contract.currency) + rounds
    return {"anchor": anchor, "rounds": rounds, "fees": fees, "back": back}
