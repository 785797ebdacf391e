"""The lines of a payee's statement, from what never changes: releases, settlements, events. Minor units."""

from datetime import datetime

from django.db.models import Q

from marketplace.accounts.models import Party
from marketplace.contracts.models import Release
from marketplace.core.models import Event
from marketplace.payments.events import PayoutFailed, PayoutPaid
from marketplace.payments.machine import ReversalState
from marketplace.payments.models import DebtSettlement, Payout, TransferReversal

Line = dict[str, object]


def earned_by(party: Party, currency: str, begins: datetime, ends: datetime) -> list[Line]:
    """Releases to an anchor, with her agency's share taken off; to an agency its share alone."""
    hers = Q(contract__anchor=party, anchor_minor__gt=0) | Q(contract__agency=party, agency_minor__gt=0)
    found = Release.objects.filter(hers, currency=currency, at__gte=begins, at__lt=ends)
    return [
        earned_line(release, is_anchor=release.contract.anchor_id == party.pk)
        for release in found.select_related("contract__merchant", "deliverable").order_by("at", "id")
    ]


def earned_line(release: Release, *, is_anchor: bool) -> Line:
    contract = release.contract
    return {
        "release": release.public_id,
        "at": release.at.isoformat(timespec="seconds"),
        "why": release.why,
        "contract": {"id": contract.public_id, "number": contract.number, "title": contract.title},
        "about": release.deliverable.title if release.deliverable else "",
        "merchant": contract.merchant.name,
        "gross_minor": release.gross_minor if is_anchor else release.agency_minor,
        "agency_minor": release.agency_minor if is_anchor else 0,
        "withheld_minor": release.withheld_minor if is_anchor else 0,
        "net_minor": release.anchor_minor if is_anchor else release.agency_minor,
    }


def taken_back_from(party: Party, currency: str, begins: datetime, ends: datetime) -> list[Line]:
    """From her account at the provider. What had left it is a debt, and stands there as it is kept."""
    found = TransferReversal.objects.filter(
        party=party, currency=currency, state=ReversalState.DONE, closed_at__gte=begins, closed_at__lt=ends
    )
    return [
        {
            "reference": one.public_id,
            "at": one.closed_at.isoformat(timespec="seconds"),
            "about": one.transfer.about,
            "amount_minor": one.amount_minor,
        }
        for one in found.select_related("transfer").order_by("closed_at", "id")
    ]


def kept_of(party: Party, currency: str, begins: datetime, ends: datetime) -> list[Line]:
    """Of what was released to her, for what she owed."""
    found = DebtSettlement.objects.filter(
        debt__party=party, debt__currency=currency, how=DebtSettlement.How.EARNINGS, at__gte=begins, at__lt=ends
    )
    return [
        {
            "reference": one.public_id,
            "at": one.at.isoformat(timespec="seconds"),
            "why": one.debt.why,
            "amount_minor": one.amount_minor,
        }
        for one in found.select_related("debt").order_by("at", "id")
    ]


def paid_to(party: Party, currency: str, begins: datetime, ends: datetime) -> list[Line]:
    """What her bank had, and (below nought) what it sent back after it had said paid."""
    payouts = {one.public_id: one for one in Payout.objects.filter(party=party, currency=currency)}
    names = [PayoutPaid.name, PayoutFailed.name]
    events = Event.objects.filter(name__in=names, aggregate__in=payouts, at__gte=begins, at__lt=ends)
    lines = []
    for event in events.order_by("at", "id"):
        is_back = event.name == PayoutFailed.name
        if is_back and not event.data["was_paid"]:
            continue
        payout = payouts[event.aggregate]
        amount = -payout.amount_minor if is_back else payout.amount_minor
        at = event.at.isoformat(timespec="seconds")
        lines.append({"payout": payout.public_id, "at": at, "last4": payout.last4, "amount_minor": amount})
    return lines
