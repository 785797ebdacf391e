"""What a split of a dispute would do with its money, part by part, said before anybody agrees or decides."""

from dataclasses import dataclass

from marketplace.contracts.models import Contract, Dispute, ExtraRound
from marketplace.contracts.releasing import parts_of
from marketplace.contracts.steps.extra_rounds import protected_rounds
from marketplace.contracts.steps.releasing import settled_minor
from marketplace.core.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPreview:
    """`gross` is the anchor's side's part, of it `agency` and tax `withheld` before `anchor` gets the rest; platform
    fee and VAT on it leave the funds, too. `back` is the merchant's, with its platform fee and VAT.
    """

    gross: Money
    agency: Money
    withheld: Money
    anchor: Money
    platform_fee: Money
    vat: Money
    back: Money

    @property
    def fees(self) -> Money:
        return self.platform_fee + self.vat


def split_preview(dispute: Dispute, anchor_bp: int) -> SplitPreview:
    """As it would be carried out now: each round that was bought for the work is split by the same share.

    Rounding follows what the contract has settled so far, so a release in between can move a minor unit between fee and
    payee; what is released and sent back, gross, stays the same.
    """
    contract, work = dispute.contract, dispute.deliverable
    work.contract = contract
    sums = _split(contract, None, work.releases_minor, anchor_bp)
    for extra_round in protected_rounds([work]):
        one = _split(contract, extra_round, extra_round.falls.gross_minor, anchor_bp)
        sums = {name: money + one[name] for name, money in sums.items()}
    return SplitPreview(**sums)


def _split(contract: Contract, extra_round: ExtraRound | None, whole: int, anchor_bp: int) -> dict[str, Money]:
    falls = extra_round.falls if extra_round else contract.falls
    before, to_anchor = settled_minor(contract, extra_round), whole * anchor_bp // 10_000
    sums = dict.fromkeys(SplitPreview.__slots__, Money.zero(contract.currency))
    if to_anchor:
        parts = parts_of(falls, before_minor=before, gross_minor=to_anchor)
        sums |= {name: parts.money(name) for name in sums if name != "back"}
    if whole > to_anchor:
        sums["back"] = parts_of(falls, before_minor=before + to_anchor, gross_minor=whole - to_anchor).total
    return sums
