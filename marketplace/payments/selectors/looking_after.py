"""Reads of what may have changed at a provider without a word to us."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.core import clock
from marketplace.payments.machine import PayoutState, TransferState
from marketplace.payments.models import Payout, PayoutAccount, Transfer

# A bank sends back within a week what it had taken: https://docs.stripe.com/payouts#payout-failures
MAY_COME_BACK = timedelta(days=14)
MAY_GO_ON = timedelta(days=30)
GONE = (TransferState.DONE, TransferState.REVERSED)


def payouts_that_may_come_back(*, unchecked_for: timedelta, limit: int = 200) -> QuerySet[Payout]:
    """Paid not long ago, and not asked about for a while."""
    now = clock.now()
    paid = Payout.objects.filter(state=PayoutState.PAID, closed_at__gt=now - MAY_COME_BACK)
    return paid.filter(checked_at__lt=now - unchecked_for).order_by("checked_at")[:limit]


def accounts_with_something_moving(*, unchecked_for: timedelta, limit: int = 200) -> QuerySet[PayoutAccount]:
    """Those that money waits for, and those that were opened not long ago and cannot be paid yet."""
    now = clock.now()
    hers = Transfer.objects.filter(party_id=OuterRef("party_id"), provider=OuterRef("provider"))
    waiting = hers.exclude(state__in=GONE)
    begun = Q(payouts_enabled=False, created_at__gt=now - MAY_GO_ON)
    there = PayoutAccount.objects.exclude(provider_payee="").filter(Exists(waiting) | begun)
    return there.filter(checked_at__lt=now - unchecked_for).order_by("checked_at")[:limit]
