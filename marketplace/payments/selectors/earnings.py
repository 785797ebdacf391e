"""What a payee has coming: place by place, by week, and the latest of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet, Sum

from marketplace.accounts.models import Party, PartyKind
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.money import Money
from marketplace.payments.machine import RUN_UNDER_WAY, PayoutState, ReversalState, TransferState
from marketplace.payments.models import (
    DebtSettlement,
    Payout,
    PayoutAccount,
    PayoutGuard,
    PayoutRunMember,
    Transfer,
    TransferReversal,
)
from marketplace.payments.payout_rules import least, next_run
from marketplace.payments.selectors.pausing import find_pause

PAYEE_KINDS = frozenset({PartyKind.ANCHOR, PartyKind.AGENCY})
WEEKS = 12
MOVING = (PayoutState.PENDING, PayoutState.SUBMITTING, PayoutState.IN_TRANSIT)
BACK = (PayoutState.FAILED, PayoutState.RETURNED)


@dataclass(frozen=True, slots=True)
class HoldSum:
    """What is held for one reason, until when; for ever when nothing ends it by itself."""

    hold: Transfer.Hold | Payout.Hold
    until: datetime | None
    money: Money


@dataclass(slots=True)
class Purse:
    """One currency: minor units by place, and what is held, by reason and end."""

    currency: str
    available_minor: int = 0
    released_minor: int = 0
    held_minor: int = 0
    moving_minor: int = 0
    back_minor: int = 0
    paid_minor: int = 0
    holds: list[HoldSum] = field(default_factory=list)
    in_run: datetime | None = None  # since when it is in a run that our staff look at
    providers: set[str] = field(default_factory=set)  # at which of them what is available lies

    @property
    def available(self) -> Money:
        return Money(self.available_minor, self.currency)

    @property
    def released(self) -> Money:
        return Money(self.released_minor, self.currency)

    @property
    def held(self) -> Money:
        return Money(self.held_minor, self.currency)

    @property
    def moving(self) -> Money:
        return Money(self.moving_minor, self.currency)

    @property
    def back(self) -> Money:
        return Money(self.back_minor, self.currency)

    @property
    def paid(self) -> Money:
        return Money(self.paid_minor, self.currency)

    @property
    def enough(self) -> bool:
        """As much as is paid out at once."""
        return self.available_minor >= self.least.amount_minor

    @property
    def least(self) -> Money:
        return least(self.currency)

    @property
    def waits_for_account(self) -> bool:
        return any(held.hold in (Transfer.Hold.NO_ACCOUNT, Payout.Hold.NO_ACCOUNT) for held in self.holds)


@dataclass(frozen=True, slots=True)
class Week:
    begins: date
    minor: int
    currency: str

    @property
    def money(self) -> Money:
        return Money(self.minor, self.currency)


@dataclass(frozen=True, slots=True)
class Earnings:
    """`next_run` is None while all payouts are paused."""

    purses: Sequence[Purse]
    next_run: datetime | None
    moving: Sequence[Payout]
    weeks: Sequence[Week]


def earnings_of(actor: Actor, party: Party) -> Earnings:
    """Everything of the party that the actor acts for, currency by currency."""
    _own(actor, party)
    purses = _purses(party)
    moving = Payout.objects.filter(party=party, state__in=[*MOVING, PayoutState.ON_HOLD, *BACK]).order_by("id")
    most = max(purses, key=lambda purse: purse.paid_minor, default=None)
    return Earnings(
        purses=purses,
        next_run=None if find_pause() else next_run(clock.now()),
        moving=list(moving[:20]),
        weeks=paid_by_week(party, most.currency) if most and most.paid_minor else [],
    )


def _in_run(party: Party) -> list[tuple[str, datetime]]:
    under_way = PayoutRunMember.objects.filter(
        party=party, run__state__in=RUN_UNDER_WAY, outcome=PayoutRunMember.Outcome.PLANNED
    )
    return list(under_way.values_list("currency", "run__planned_at"))


def payee_of(actor: Actor) -> Party:
    """The party that the actor acts for. Raises NotFound when it is of a kind that nobody pays out to."""
    try:
        return Party.objects.get(pk=actor.party_id, kind__in=PAYEE_KINDS)
    except Party.DoesNotExist:
        raise NotFound from None


def _own(actor: Actor, party: Party) -> None:
    if actor.party_id != party.pk:
        raise NotFound


def _purses(party: Party) -> list[Purse]:
    purses: dict[str, Purse] = {}

    def purse(currency: str) -> Purse:
        return purses.setdefault(currency, Purse(currency))

    unpaid = Transfer.objects.filter(party=party, payout=None).exclude(state=TransferState.REVERSED)
    for row in unpaid.values("currency", "provider", "state", "hold", "held_until").annotate(sum=Sum("amount_minor")):
        mine = purse(row["currency"])
        if row["state"] == TransferState.DONE:
            mine.available_minor += row["sum"]
            mine.providers.add(row["provider"])
        elif row["state"] == TransferState.ON_HOLD:
            mine.held_minor += row["sum"]
            mine.holds.append(_hold(Transfer.Hold(row["hold"]), row))
        else:
            mine.released_minor += row["sum"]
    payouts = Payout.objects.filter(party=party).values("currency", "state", "hold", "held_until")
    for row in payouts.annotate(sum=Sum("amount_minor")):
        mine = purse(row["currency"])
        if row["state"] == PayoutState.PAID:
            mine.paid_minor += row["sum"]
        elif row["state"] == PayoutState.ON_HOLD:
            mine.held_minor += row["sum"]
            mine.holds.append(_hold(Payout.Hold(row["hold"]), row))
        elif row["state"] in BACK:
            mine.back_minor += row["sum"]
        else:
            mine.moving_minor += row["sum"]
    for currency, since in _in_run(party):
        purse(currency).in_run = since
    return [purses[currency] for currency in sorted(purses)]


def _hold(hold: Transfer.Hold | Payout.Hold, row: dict[str, Any]) -> HoldSum:
    return HoldSum(hold, row["held_until"], Money(row["sum"], row["currency"]))


def paid_by_week(party: Party, currency: str) -> list[Week]:
    """The last twelve weeks, this one last, from Monday to Sunday where the party lives."""
    today = clock.today(party.time_zone)
    this = today - timedelta(days=today.weekday())
    first = this - timedelta(weeks=WEEKS - 1)
    sums: dict[date, int] = defaultdict(int)
    paid = Payout.objects.filter(party=party, currency=currency, state=PayoutState.PAID)
    since = clock.now() - timedelta(weeks=WEEKS + 1)
    for closed_at, amount in paid.filter(closed_at__gte=since).values_list("closed_at", "amount_minor"):
        day = closed_at.astimezone(ZoneInfo(party.time_zone)).date()
        sums[day - timedelta(days=day.weekday())] += amount
    mondays = (first + timedelta(weeks=number) for number in range(WEEKS))
    return [Week(monday, sums[monday], currency) for monday in mondays]


def list_transfers(actor: Actor) -> QuerySet[Transfer]:
    """What was released to the actor's party, with the payout that each part went with."""
    return Transfer.objects.visible_to(actor).filter(party_id=actor.party_id).select_related("payout")


def list_payouts(actor: Actor) -> QuerySet[Payout]:
    return Payout.objects.visible_to(actor).filter(party_id=actor.party_id)


def get_payout(actor: Actor, public_id: str) -> Payout:
    try:
        return list_payouts(actor).select_related("party").get(public_id=public_id)
    except Payout.DoesNotExist:
        raise NotFound from None


def accounts_of(actor: Actor) -> dict[str, PayoutAccount]:
    """Where the party is paid, by provider."""
    own = PayoutAccount.objects.visible_to(actor).filter(party_id=actor.party_id)
    return {account.provider: account for account in own.order_by("pk")}


def guard_of(party: Party) -> PayoutGuard | None:
    return PayoutGuard.objects.filter(party=party).first()


@dataclass(frozen=True, slots=True)
class StatementLine:
    """`what` is released, paid, withheld (for what she owed) or taken_back; `reference` is the contract's or the
    payout's public id; `about` what was released for, or the account's last digits."""

    at: datetime
    what: str
    reference: str
    money: Money
    about: str


def _kept(money: Money) -> tuple[tuple[str, Money], ...]:
    """Hers, and at once kept for what she owed."""
    return ("released", money), ("withheld", -money)


def statement_of(actor: Actor, party: Party, begins: datetime, ends: datetime) -> list[StatementLine]:
    """What was released to the party and what was paid out to its bank, oldest first."""
    _own(actor, party)
    released = Transfer.objects.filter(Q(created_at__gte=begins), party=party, created_at__lt=ends)
    paid = Payout.objects.filter(party=party, state=PayoutState.PAID, closed_at__gte=begins, closed_at__lt=ends)
    withheld = DebtSettlement.objects.filter(
        debt__party=party, how=DebtSettlement.How.EARNINGS, at__gte=begins, at__lt=ends
    ).select_related("debt")
    back = TransferReversal.objects.filter(party=party, state=ReversalState.DONE, closed_at__gte=begins)
    lines = [StatementLine(one.created_at, "released", one.contract, one.money, one.what_for) for one in released]
    lines += [StatementLine(one.closed_at, "paid", one.public_id, -one.money, f"•••• {one.last4}") for one in paid]
    for one in withheld:
        money = Money(one.amount_minor, one.debt.currency)
        lines += [StatementLine(one.at, what, one.contract, part, "") for what, part in _kept(money)]
    lines += [
        StatementLine(one.closed_at, "taken_back", one.transfer.contract, -one.money, one.transfer.what_for)
        for one in back.filter(closed_at__lt=ends).select_related("transfer")
    ]
    return sorted(lines, key=lambda line: line.at)
