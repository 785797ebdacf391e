"""Reads of the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, DateField, F, Q, QuerySet, Sum, When
from django.db.models.functions import TruncMonth

from marketplace.core.actor import Actor, StaffRole
from marketplace.core.errors import NotFound
from marketplace.core.money import Money
from marketplace.ledger.chart import AccountRef, Kind
from marketplace.ledger.models import Account, Balance, FundingLot, Journal, Line
from marketplace.ledger.plan import LotBalance, Plan, PlannedLine, PlannedUse


def balance_of(ref: AccountRef, currency: str) -> Money:
    """What stands in an account now; nought if it was never touched."""
    found = Balance.objects.filter(account__code=ref.code, account__currency=currency)
    return Money(found.values_list("amount_minor", flat=True).first() or 0, currency)


def balances_of(ref: AccountRef) -> list[Money]:
    """Every currency that ever stood there."""
    found = Balance.objects.filter(account__code=ref.code).order_by("account__currency")
    return [Money(amount, currency) for amount, currency in found.values_list("amount_minor", "account__currency")]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as one account sees it: signed, with where it came from or went."""

    journal_id: int
    seq: int
    kind: str
    reference: str
    posted_at: datetime
    money: Money
    other: str


def list_entries(
    actor: Actor, ref: AccountRef, *, before: tuple[int, int] | None = None, limit: int = 25
) -> list[Entry]:
    """Newest first, a page below `before` (journal, seq). Only of the actor's own accounts; finance sees all."""
    if ref.party_id != actor.party_id and StaffRole.FINANCE not in actor.staff_roles:
        raise NotFound
    mine = Q(source__code=ref.code) | Q(destination__code=ref.code)
    lines = Line.objects.filter(mine).select_related("journal", "source", "destination")
    if before is not None:
        journal, seq = before
        lines = lines.filter(Q(journal_id__lt=journal) | Q(journal_id=journal, seq__lt=seq))
    return [as_entry(line, ref.code) for line in lines.order_by("-journal_id", "-seq")[:limit]]


def as_entry(line: Line, code: str) -> Entry:
    incoming = line.destination.code == code
    return Entry(
        journal_id=line.journal_id,
        seq=line.seq,
        kind=line.journal.kind,
        reference=line.journal.reference,
        posted_at=line.journal.posted_at,
        money=Money(line.amount_minor if incoming else -line.amount_minor, line.currency),
        other=line.source.code if incoming else line.destination.code,
    )


def account_of(lot: FundingLot) -> AccountRef:
    """Where a lot is held, as the plans name it."""
    return ref_of(lot.held_in)


def ref_of(account: Account) -> AccountRef:
    """An account as the plans name it."""
    kind, _colon, name = account.code.partition(":")
    return AccountRef(Kind(kind), name, account.party_id)


def open_lots(ref: AccountRef, currency: str | None = None) -> QuerySet[FundingLot]:
    """What is left of the charges behind an account, oldest first."""
    lots = FundingLot.objects.filter(held_in__code=ref.code, remaining_minor__gt=0)
    if currency:
        lots = lots.filter(currency=currency)
    return lots.order_by("charged_at", "id")


def get_lot(public_id: str) -> FundingLot:
    try:
        return FundingLot.objects.select_related("held_in__party").get(public_id=public_id)
    except FundingLot.DoesNotExist:
        raise NotFound from None


def as_balances(lots: Iterable[FundingLot]) -> list[LotBalance]:
    return [LotBalance(lot.pk, lot.provider, lot.charge, Money(lot.remaining_minor, lot.currency)) for lot in lots]


def wallets_with_open_lots() -> QuerySet[FundingLot]:
    return FundingLot.objects.filter(held_in__kind=Kind.WALLET, remaining_minor__gt=0)


def journals_of(reference: str) -> QuerySet[Journal]:
    return Journal.objects.filter(reference=reference).prefetch_related("lines").order_by("id")


def posted_plan(journal: Journal) -> Plan:
    """What a journal did, to be reversed; lots that it opened are not in it."""
    lines = Line.objects.filter(journal=journal).select_related("source", "destination").order_by("seq")
    return Plan(
        kind=journal.kind,
        key=journal.idempotency_key,
        reference=journal.reference,
        lines=tuple(
            PlannedLine(ref_of(line.source), ref_of(line.destination), Money(line.amount_minor, line.currency))
            for line in lines
        ),
        uses=tuple(PlannedUse(use.lot_id, use.amount_minor) for use in journal.lot_uses.order_by("lot_id")),
    )


def standing_journals(reference: str) -> QuerySet[Journal]:
    """What was posted under a reference, newest first, without reversals and what they corrected."""
    return Journal.objects.filter(reference=reference, reverses=None, reversed_by=None).order_by("-id")


def lots_by_id(ids: Iterable[int]) -> QuerySet[FundingLot]:
    return FundingLot.objects.filter(pk__in=list(ids)).order_by("id")


def in_suspense(provider: str, charge: str, currency: str) -> Money:
    """What arrived by this charge and waits for a person, because it is not what was asked for."""
    lines = Line.objects.filter(journal__idempotency_key=f"unmatched:{provider}:{charge}", currency=currency)
    return Money(lines.aggregate(total=Sum("amount_minor"))["total"] or 0, currency)


def brought_by(provider: str, charge: str) -> Money:
    """What came by a charge of ours."""
    lot = FundingLot.objects.get(provider=provider, charge=charge, parent=None)
    return Money(lot.amount_minor, lot.currency)


def lots_of_charge(provider: str, charge: str) -> QuerySet[FundingLot]:
    """Wherever its money stands, spent or not."""
    return FundingLot.objects.filter(provider=provider, charge=charge).select_related("held_in__party").order_by("id")


def revenue_by_month() -> list[tuple[date, Money]]:
    """What the platform earned, by month and currency, the latest first; what was given back is subtracted."""
    return _by_month(Kind.REVENUE)


def provider_costs_by_month() -> list[tuple[date, Money]]:
    """What providers kept for themselves, likewise; what merchants bear of it is subtracted."""
    return [(month, -money) for month, money in _by_month(Kind.FEES)]


def _by_month(kind: Kind) -> list[tuple[date, Money]]:
    lines = Line.objects.filter(Q(destination__kind=kind) | Q(source__kind=kind))
    signed = Case(When(destination__kind=kind, then=F("amount_minor")), default=-F("amount_minor"))
    months = (
        lines.annotate(month=TruncMonth("journal__posted_at", output_field=DateField()))
        .values("month", "currency")
        .annotate(total=Sum(signed))
        .order_by("-month", "currency")
    )
    return [(row["month"], Money(row["total"], row["currency"])) for row in months]
