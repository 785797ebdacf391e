"""The terms of a deal, as a value: what is offered, countered, compared in words, and frozen in the contract.

Shares are in basis points (1 500 = 15 %), money in minor units of `currency`, days are calendar days unless they say
business days. Default numbers are domain rules; each is shown before anyone agrees.
"""

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from marketplace.core.money import Money, split_minor

WHOLE = 10_000  # basis points
EXTRA_ROUND_BP = 1_000  # of the fee, for a round of changes beyond the free ones, while nobody has named a price


class PriceModel(StrEnum):
    FIXED = "fixed"
    QUOTE_RANGE = "quote_range"
    FEE_CPS = "fee_cps"
    CPS = "cps"
    BARTER = "barter"
    MILESTONES = "milestones"


WITHOUT_FEE = frozenset({PriceModel.CPS, PriceModel.BARTER})
WITH_CPS = frozenset({PriceModel.FEE_CPS, PriceModel.CPS})


class DeliverableKind(StrEnum):
    SCRIPT = "script"
    DRAFT = "draft"
    LIVE = "live"
    VIDEO = "video"
    POST = "post"


class ReleasesOn(StrEnum):
    APPROVED = "approved"
    VERIFIED = "verified"


# A script or draft releases when it is approved; what the public sees, when it is verified.
RELEASES_ON = {
    DeliverableKind.SCRIPT: ReleasesOn.APPROVED,
    DeliverableKind.DRAFT: ReleasesOn.APPROVED,
    DeliverableKind.LIVE: ReleasesOn.VERIFIED,
    DeliverableKind.VIDEO: ReleasesOn.VERIFIED,
    DeliverableKind.POST: ReleasesOn.VERIFIED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverableTerms:
    """A thing owed, by when, and which share of the fee it releases."""

    kind: str
    title: str
    due_on: date
    share_bp: int

    @property
    def releases_on(self) -> ReleasesOn:
        return RELEASES_ON[DeliverableKind(self.kind)]


# What the merchant owes when it cancels, of what is not yet released (domain: money, kill fee).
KILL_FEE_BP = {
    "before_funds": 0,
    "funded": 1_000,
    "script_approved": 3_000,
    "draft_delivered": 6_000,
    "approved_unpublished": 10_000,
    "merchant_absent": 10_000,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DealTerms:
    price_model: str
    currency: str
    fee_minor: int
    cps_bp: int = 0
    gift: str = ""
    deliverables: tuple[DeliverableTerms, ...]
    publish_from: date
    publish_until: date
    revision_rounds: int = 2
    extra_round_minor: int = 0  # a round beyond those; nought: none can be bought
    review_days: int = 3  # business days of the contract's calendar (Aspire)
    stay_up_days: int = 30
    holdback_bp: int = 0
    rights_where: str = ""
    rights_months: int = 6
    paid_use: bool = False
    samples: str = ""
    disclosure: str = ""
    kill_fee_bp: dict[str, int] = field(default_factory=lambda: dict(KILL_FEE_BP))
    time_zone: str = "Asia/Shanghai"
    calendar: str = "CN"

    def as_json(self) -> dict[str, Any]:
        """JSON values only, in a canonical order."""
        data = asdict(self)
        data["deliverables"] = [one | {"due_on": one["due_on"].isoformat()} for one in data["deliverables"]]
        return data | {"publish_from": self.publish_from.isoformat(), "publish_until": self.publish_until.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for what no `as_json` has written."""
        known = {name: data[name] for name in {one.name for one in fields(cls)} & set(data)}
        deliverables = tuple(
            DeliverableTerms(**(one | {"due_on": date.fromisoformat(one["due_on"])})) for one in data["deliverables"]
        )
        days = {name: date.fromisoformat(data[name]) for name in ("publish_from", "publish_until")}
        return cls(**(known | {"deliverables": deliverables} | days))

    def with_(self, **changed: object) -> Self:
        return replace(self, **changed)

    def with_fee(self, fee_minor: int) -> Self:
        """Another fee. The price of a further round follows it, unless somebody has named one."""
        follows = self.extra_round_minor == price_of_a_round(self.fee_minor, self.currency)
        price = price_of_a_round(fee_minor, self.currency) if follows else self.extra_round_minor
        return replace(self, fee_minor=fee_minor, extra_round_minor=price)

    @property
    def has_fee(self) -> bool:
        return PriceModel(self.price_model) not in WITHOUT_FEE

    @property
    def extra_round(self) -> Money:
        """The price of a further round; nought where none can be bought."""
        return Money(self.extra_round_minor, self.currency)

    @property
    def releases_minor(self) -> list[int]:
        """What each deliverable releases of the fee, in order: parts that always sum to it."""
        if not self.fee_minor:
            return [0] * len(self.deliverables)
        return split_minor(self.fee_minor, [one.share_bp for one in self.deliverables])


def price_of_a_round(fee_minor: int, currency: str) -> int:
    """What a further round of changes costs by default: a tenth of the fee, at least one minor unit."""
    if not fee_minor:
        return 0
    return max(1, Money(fee_minor, currency).share(Decimal(EXTRA_ROUND_BP) / WHOLE).amount_minor)


def problems(terms: DealTerms, *, today: date) -> list[str]:
    """Codes of what makes these terms impossible to agree on; empty when they stand. The words are in `wording`."""
    model = PriceModel(terms.price_model)
    shares = [one.share_bp for one in terms.deliverables]
    found = {
        "no_deliverable": not terms.deliverables,
        "shares_do_not_add_up": bool(terms.deliverables) and (sum(shares) != WHOLE or min(shares) < 0),
        "fee_missing": terms.has_fee and terms.fee_minor <= 0,
        "fee_not_wanted": not terms.has_fee and terms.fee_minor != 0,
        "cps_missing": model in WITH_CPS and not 100 <= terms.cps_bp <= 8_000,  # 1–80 % (domain: CPS base)
        "gift_missing": model == PriceModel.BARTER and not terms.gift.strip(),
        "publish_in_the_past": terms.publish_until < today,
        "publish_backwards": terms.publish_until < terms.publish_from,
        "due_after_publishing": any(one.due_on > terms.publish_until for one in terms.deliverables),
        "due_in_the_past": any(one.due_on < today for one in terms.deliverables),
        "holdback_too_large": not 0 <= terms.holdback_bp <= 2_000,
        "extra_round_out_of_bounds": not 0 <= terms.extra_round_minor <= terms.fee_minor,
    }
    return [code for code, wrong in found.items() if wrong]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two offers; values as JSON."""

    name: str
    before: Any
    after: Any


def changes(before: DealTerms, after: DealTerms) -> list[Change]:
    """What the second offer changes of the first, in the order in which people read terms."""
    old, new = before.as_json(), after.as_json()
    return [Change(name, old[name], new[name]) for name in old if old[name] != new[name]]
