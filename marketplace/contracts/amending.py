"""What an amendment changes of the terms and of the money, as values. Pure.

It is about the rest: what has been released or given back stays as it was, and a new fee falls on the pieces of work
that are still open, in the proportion in which they carried it before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from marketplace.contracts.releasing import PARTS, rest_of
from marketplace.contracts.terms import WHOLE, DealTerms, DeliverableKind
from marketplace.contracts.terms import problems as term_problems
from marketplace.contracts.waterfall import Waterfall, waterfall
from marketplace.core.money import Money, split_minor

PAST = frozenset({"due_in_the_past", "publish_in_the_past"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What should hold instead; `due_on` by place of the deliverable."""

    fee_minor: int
    publish_from: date
    publish_until: date
    due_on: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A deliverable as it stands."""

    place: int
    releases_minor: int
    is_open: bool


def restated(deal: DealTerms, proposal: Proposal, pieces: list[Piece]) -> DealTerms:
    """The terms as they would be. A piece that is done keeps its day."""
    is_open = {piece.place for piece in pieces if piece.is_open}
    items = tuple(
        replace(item, due_on=proposal.due_on[place]) if place in is_open and place in proposal.due_on else item
        for place, item in enumerate(deal.deliverables, start=1)
    )
    return deal.with_(
        fee_minor=proposal.fee_minor,
        publish_from=proposal.publish_from,
        publish_until=proposal.publish_until,
        deliverables=items,
    )


def releases(fee_minor: int, pieces: list[Piece]) -> dict[int, int] | None:
    """What each piece releases under a fee, by place, in minor units; None when no open piece can carry it."""
    kept = {piece.place: piece.releases_minor for piece in pieces if not piece.is_open}
    carrying = [piece for piece in pieces if piece.is_open]
    rest = fee_minor - sum(kept.values())
    weights = [piece.releases_minor for piece in carrying]
    if rest < 0 or not any(weights):
        return None
    parts = split_minor(rest, weights)
    return kept | {piece.place: minor for piece, minor in zip(carrying, parts, strict=True)}


def problems(before: DealTerms, after: DealTerms, pieces: list[Piece], *, today: date) -> list[str]:
    """Codes of what makes the change impossible to agree on; a day that has passed is none where it stays."""
    found = [code for code in term_problems(after, today=today) if code not in PAST]
    moved = [new for old, new in zip(before.deliverables, after.deliverables, strict=True) if new.due_on != old.due_on]
    if any(item.due_on < today for item in moved):
        found.append("due_in_the_past")
    if after.publish_until < today and after.publish_until != before.publish_until:
        found.append("publish_in_the_past")
    if after.fee_minor != before.fee_minor:
        if not before.fee_minor:
            found.append("no_fee_to_change")
        elif releases(after.fee_minor, pieces) is None:
            found.append("nothing_carries_it")
    return found


def falls_of(fee: Money, signed: Waterfall) -> Waterfall:
    """A new fee at the rates that were signed."""
    return waterfall(
        fee, vat_bp=signed.vat_bp, agency_share_bp=signed.agency_share_bp, platform_fee_bp=signed.platform_fee_bp
    )


def difference(before: Waterfall, after: Waterfall, settled_minor: int) -> Waterfall:
    """What falls where of the difference, without a sign: of what is left under the one, less what is left under the
    other, so that what stands in protected funds afterwards is what is still owed, to the cent.
    """
    more, less = (before, after) if before.gross_minor > after.gross_minor else (after, before)
    high, low = rest_of(more, settled_minor), rest_of(less, settled_minor)
    of = {name: getattr(high, name) - getattr(low, name) for name in PARTS}
    return Waterfall(
        currency=before.currency,
        platform_fee_bp=before.platform_fee_bp,
        vat_bp=before.vat_bp,
        agency_share_bp=before.agency_share_bp,
        pays_minor=of["gross_minor"] + of["platform_fee_minor"] + of["vat_minor"],
        **of,
    )


def successor_terms(
    deal: DealTerms, owed: list[tuple[int, int, date]], *, fee_minor: int, again_on: date, today: date
) -> DealTerms:
    """The terms under which another anchor takes over what is `owed`: place, minor units and day of each open piece.

    What the public sees falls on `again_on`; what comes before it keeps its day where that lies between today and then.
    """
    shares = split_minor(WHOLE, [minor for _place, minor, _day in owed] if any(o[1] for o in owed) else [1] * len(owed))
    items = tuple(
        replace(deal.deliverables[place - 1], share_bp=share, due_on=min(max(day, today), again_on))
        for (place, _minor, day), share in zip(owed, shares, strict=True)
    )
    items = tuple(replace(item, due_on=again_on) if item.kind == DeliverableKind.LIVE else item for item in items)
    return deal.with_(
        fee_minor=fee_minor if deal.has_fee else 0,
        extra_round_minor=min(deal.extra_round_minor, fee_minor),
        deliverables=items,
        publish_from=min(deal.publish_from, again_on),
        publish_until=max(deal.publish_until, again_on),
    )
