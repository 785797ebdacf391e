"""Reads about payments in and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet, Sum

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.money import Money
from marketplace.ledger import chart
from marketplace.ledger.selectors import balances_of, brought_by, open_lots
from marketplace.payments.machine import ON_ITS_WAY, OPEN, ApprovalState, PayoutState, RefundState, TransferState
from marketplace.payments.models import (
    Approval,
    ApprovalLimit,
    Funding,
    InboxEvent,
    Payout,
    ProviderCursor,
    Refund,
    Transfer,
)

FEE_WITHIN = timedelta(days=7)
BY_HAND = "bank_rail"
SENT = (TransferState.SUBMITTING, TransferState.DONE, TransferState.REVERSED)


@dataclass(frozen=True, slots=True)
class LotView:
    """What is left of one charge, and its clock."""

    public_id: str
    charged_at: datetime
    remaining: Money
    amount: Money
    warns_at: datetime
    goes_back_at: datetime


@dataclass(frozen=True, slots=True)
class WalletView:
    balances: Sequence[Money]
    lots: Sequence[LotView]
    on_the_way_in: Sequence[Funding]
    on_the_way_back: Sequence[Refund]


def wallet_of(actor: Actor, party: Party) -> WalletView:
    """Everything about the wallet of the party that the actor acts for."""
    if actor.party_id != party.pk:
        raise NotFound
    account = chart.wallet(party.public_id, party.pk)
    return WalletView(
        balances=balances_of(account),
        lots=[lot_view(lot) for lot in open_lots(account)],
        on_the_way_in=list(Funding.objects.visible_to(actor).filter(state__in=OPEN).order_by("-id")[:10]),
        on_the_way_back=list(
            Refund.objects.visible_to(actor)
            .filter(state__in=[RefundState.SUBMITTING, RefundState.SENT])
            .order_by("-id")[:10]
        ),
    )


def lot_view(lot) -> LotView:
    return LotView(
        public_id=lot.public_id,
        charged_at=lot.charged_at,
        remaining=Money(lot.remaining_minor, lot.currency),
        amount=Money(lot.amount_minor, lot.currency),
        warns_at=lot.charged_at + timedelta(days=settings.LOT_WARN_DAYS),
        goes_back_at=lot.charged_at + timedelta(days=settings.LOT_RETURN_DAYS),
    )


def get_funding(actor: Actor, public_id: str) -> Funding:
    try:
        return Funding.objects.visible_to(actor).select_related("party").get(public_id=public_id)
    except Funding.DoesNotExist:
        raise NotFound from None


def group_of(transfer: Transfer) -> str:
    """What it shares at the provider with the payment that it comes out of."""
    paid = Funding.objects.filter(provider=transfer.provider, charge=transfer.charge).first()
    return paid.group if paid else transfer.contract


def charge_carries(transfer: Transfer) -> bool:
    """Whether the provider can draw it on its charge, beside all that ever left it. What was taken back of a payee and
    is spent again leaves it a second time: that goes out of the platform's account, where it stands."""
    of_it = {"provider": transfer.provider, "charge": transfer.charge}
    sent = Transfer.objects.filter(**of_it, from_balance=False, state__in=SENT).exclude(pk=transfer.pk)
    back = Refund.objects.filter(**of_it).exclude(state=RefundState.RETURNED)
    gone = sum(rows.aggregate(sum=Sum("amount_minor"))["sum"] or 0 for rows in (sent, back))
    return gone + transfer.amount_minor <= brought_by(**of_it).amount_minor


def find_open_funding(contract: str, part: str = "") -> Funding | None:
    """The payment of a contract, or of a part of it, that its payer has not finished yet."""
    of_it = Funding.objects.filter(contract=contract, part=part, state__in=OPEN)
    return of_it.select_related("party").first()


def transfer_is_awaited(contract: str) -> bool:
    """Whether its merchant was told how to transfer, and no statement has shown it yet."""
    return Funding.objects.filter(contract=contract, part="", provider=BY_HAND, state__in=OPEN).exists()


def get_refund(actor: Actor, public_id: str) -> Refund:
    try:
        return Refund.objects.visible_to(actor).select_related("party", "lot").get(public_id=public_id)
    except Refund.DoesNotExist:
        raise NotFound from None


def get_asked(public_id: str, model: type[Funding] | type[Refund]) -> Funding | Refund | Approval:
    """What a money request came to the first time: itself, or the approval that it waits for."""
    found = Approval if public_id.startswith("apv_") else model
    return found.objects.get(public_id=public_id)


def list_open_approvals(actor: Actor) -> QuerySet[Approval]:
    """What waits for a second person in the party that the actor acts for."""
    waiting = Approval.objects.visible_to(actor).filter(party_id=actor.party_id, state=ApprovalState.ASKED)
    return waiting.select_related("asked_by").order_by("id")


def get_approval(actor: Actor, public_id: str) -> Approval:
    related = Approval.objects.visible_to(actor).select_related("party", "asked_by", "decided_by")
    try:
        return related.get(public_id=public_id)
    except Approval.DoesNotExist:
        raise NotFound from None


def list_limits(actor: Actor) -> QuerySet[ApprovalLimit]:
    return ApprovalLimit.objects.filter(party_id=actor.party_id).order_by("currency")


def get_inbox_event(public_id: str) -> InboxEvent:
    return InboxEvent.objects.get(public_id=public_id)


def cursor_of(provider: str) -> str:
    """The last event of the provider's log that we read."""
    found = ProviderCursor.objects.filter(provider=provider).values_list("last_event", flat=True).first()
    return found or ""


def unsettled_fundings(*, unchecked_for: timedelta, limit: int = 100) -> QuerySet[Funding]:
    """Open payments in that nobody has asked about for a while."""
    before = clock.now() - unchecked_for
    return Funding.objects.filter(state__in=OPEN, checked_at__lt=before).order_by("checked_at")[:limit]


def without_fee(*, unchecked_for: timedelta, limit: int = 100) -> list[Funding | Refund]:
    """What is done, and the provider has not said yet what it keeps of it; asked about for a week."""
    now = clock.now()
    told = {"fee_lines": 0, "checked_at__lt": now - unchecked_for, "closed_at__gt": now - FEE_WITHIN}
    paid = Funding.objects.filter(**told).exclude(charge="").exclude(checkout="")
    refunded = Refund.objects.filter(**told, state=RefundState.DONE).exclude(provider_refund="")
    return [*paid.order_by("checked_at")[:limit], *refunded.order_by("checked_at")[:limit]]


def unsettled_refunds(*, unchecked_for: timedelta, limit: int = 100) -> QuerySet[Refund]:
    before = clock.now() - unchecked_for
    states = [RefundState.SUBMITTING, RefundState.SENT]
    return Refund.objects.filter(state__in=states, checked_at__lt=before).order_by("checked_at")[:limit]


def unsettled_transfers(*, unchecked_for: timedelta, limit: int = 100) -> QuerySet[Transfer]:
    before = clock.now() - unchecked_for
    asked = Transfer.objects.filter(state=TransferState.SUBMITTING, checked_at__lt=before)
    return asked.order_by("checked_at")[:limit]


def unsettled_payouts(*, unchecked_for: timedelta, limit: int = 100) -> QuerySet[Payout]:
    before = clock.now() - unchecked_for
    return Payout.objects.filter(state__in=ON_ITS_WAY, checked_at__lt=before).order_by("checked_at")[:limit]


PLACE = {
    TransferState.PENDING: "released",
    TransferState.SUBMITTING: "released",
    TransferState.FAILED: "released",
    TransferState.ON_HOLD: "hold",
    TransferState.DONE: "transit",
    TransferState.REVERSED: "hold",
}
# Of a transfer that is in a payout, where the payout is. What came back waits on the payee's account for the next try.
PLACE_OF_PAYOUT = dict.fromkeys(PayoutState, "transit") | {
    PayoutState.ON_HOLD: "hold",
    PayoutState.PAID: "paid",
}


def place_of(transfer: Transfer) -> str:
    """Where a payee's part of a release is, in the words of the money line: released, hold, transit, paid.

    One query for a transfer whose payout was not fetched with it.
    """
    if transfer.payout is not None:
        return PLACE_OF_PAYOUT[PayoutState(transfer.payout.state)]
    return PLACE[TransferState(transfer.state)]
