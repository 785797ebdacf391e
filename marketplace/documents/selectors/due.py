"""What is to be issued of a month. Months of documents are the issuer's: UTC."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from marketplace.contracts.models import Release
from marketplace.core import clock
from marketplace.core.models import Event
from marketplace.documents.models import ClosedMonth
from marketplace.payments.events import PayoutFailed, PayoutPaid
from marketplace.payments.machine import ReversalState
from marketplace.payments.models import DebtSettlement, Payout, TransferReversal

MONTHS_AT_ONCE = 24


def after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def months_to_close() -> list[date]:
    """Every month that is over and not closed, since the last one that is, or since the first release; oldest first."""
    last = ClosedMonth.objects.order_by("-first").values_list("first", flat=True).first()
    if last is None:
        begun = Release.objects.order_by("at").values_list("at", flat=True).first()
        if begun is None:
            return []
        month = clock.day_of(begun, "UTC").replace(day=1)
    else:
        month = after(last)
    this, found = clock.today().replace(day=1), []
    while month < this and len(found) < MONTHS_AT_ONCE:
        found.append(month)
        month = after(month)
    return found


def releases_to_invoice(ends: datetime) -> QuerySet[Release]:
    """With a fee, before `ends`, on no invoice."""
    return Release.objects.filter(at__lt=ends, invoiced=None).exclude(platform_fee_minor=0, vat_minor=0)


def merchants_to_invoice(month: date) -> list[tuple[int, str]]:
    """Party and currency."""
    found = releases_to_invoice(clock.start_of(after(month))).values_list("contract__merchant_id", "currency")
    return sorted(set(found.distinct()))


def payees_to_state(month: date) -> list[tuple[int, str]]:
    """Party and currency of everybody who earned, gave back or was paid in a month."""
    begins, ends = clock.start_of(month), clock.start_of(after(month))
    within = {"at__gte": begins, "at__lt": ends}
    released = Release.objects.filter(**within)
    found = set(released.filter(anchor_minor__gt=0).values_list("contract__anchor_id", "currency").distinct())
    found |= set(released.filter(agency_minor__gt=0).values_list("contract__agency_id", "currency").distinct())
    back = TransferReversal.objects.filter(state=ReversalState.DONE, closed_at__gte=begins, closed_at__lt=ends)
    found |= set(back.values_list("party_id", "currency").distinct())
    kept = DebtSettlement.objects.filter(how=DebtSettlement.How.EARNINGS, **within)
    found |= set(kept.values_list("debt__party_id", "debt__currency").distinct())
    moved = Event.objects.filter(name__in=[PayoutPaid.name, PayoutFailed.name], **within)
    payouts = Payout.objects.filter(public_id__in=moved.values("aggregate"))
    found |= set(payouts.values_list("party_id", "currency").distinct())
    return sorted(found)
