"""From a connected account's balance to her bank: gone at once, there after a while, perhaps sent back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from marketplace.payments.standin.engine import clock, ids
from marketplace.payments.standin.engine.acquirer import balances, connected, ledger
from marketplace.payments.standin.engine.acquirer.announce import happened
from marketplace.payments.standin.engine.errors import Refusal, conflict, missing
from marketplace.payments.standin.models import Account, ConnectedAccount, ConnectedPayout, Posting

Status = ConnectedPayout.Status
A_DAY = timedelta(days=1)


@transaction.atomic
def create(
    *,
    account_id: str,
    amount_minor: int,
    currency: str,
    arrives_in: timedelta | None = None,
    well: bool = True,
    **fields: object,
) -> ConnectedPayout:
    """Send it off, out of what is available by now. Her row is locked first, as everywhere before the turn is taken."""
    account = connected.lock(account_id)
    if account.closed_at or not account.last4:
        raise Refusal("payouts_not_allowed", "Cannot create payouts: this account has no bank account to pay out to.")
    balances.require(account.pk, currency, amount_minor)
    moment = clock.now()
    row = ConnectedPayout.objects.create(
        id=ids.new("po"),
        account=account,
        status=Status.IN_TRANSIT,
        amount_minor=amount_minor,
        currency=currency,
        bank_account=f"ba_{account.fingerprint[:24]}",
        created_at=moment,
        arrives_at=moment + (arrives_in or timedelta(seconds=settings.STANDIN.payout_seconds)),
        settles_well=well,
        **fields,
    )
    _post(Posting.Kind.PAYOUT, row, "payout", -amount_minor)
    happened("payout.created", row, account=account.pk)
    return row


def get(account_id: str, payout_id: str) -> ConnectedPayout:
    """One payout of this account, or a refusal."""
    row = ConnectedPayout.objects.filter(pk=payout_id, account=account_id).first()
    if row is None:
        raise missing("payout", payout_id)
    return row


@transaction.atomic
def settle(payout_id: str) -> None:
    """Let one that is due arrive, or come back, as it was going to."""
    row = _lock(payout_id)
    if row.status == Status.IN_TRANSIT and row.arrives_at <= clock.now():
        _arrive(row) if row.settles_well else _come_back(row)


@transaction.atomic
def arrive(payout_id: str) -> ConnectedPayout:
    """Her bank has it. Twice is once."""
    row = _lock(payout_id)
    if row.status == Status.PAID:
        return row
    if row.status != Status.IN_TRANSIT:
        raise conflict("payout_over", f"This payout is {row.status}.")
    return _arrive(row)


@transaction.atomic
def fail(payout_id: str) -> ConnectedPayout:
    """Her bank sends it back, also after it had taken it. Twice is once."""
    row = _lock(payout_id)
    return row if row.status == Status.FAILED else _come_back(row)


@transaction.atomic
def pay_out_all(account_id: str) -> None:
    """What the daily schedule does: everything that is available leaves, in each currency."""
    for currency in balances.currencies(account_id):
        if (there := balances.available(account_id, currency)) > 0:
            create(
                account_id=account_id,
                amount_minor=there,
                currency=currency,
                automatic=True,
                description="STRIPE PAYOUT",
            )


def due_to_settle(moment: datetime) -> list[str]:
    """Payouts whose outcome is due."""
    due = ConnectedPayout.objects.filter(status=Status.IN_TRANSIT, arrives_at__lte=moment)
    return list(due.order_by("arrives_at").values_list("pk", flat=True)[:100])


def due_by_schedule(moment: datetime) -> list[str]:
    """Accounts that are paid out daily, have something available, and were not paid out within a day."""
    daily = ConnectedAccount.objects.filter(
        interval=ConnectedAccount.Interval.DAILY, closed_at=None, transfers=connected.Transfers.ACTIVE
    ).exclude(payouts__automatic=True, payouts__created_at__gt=moment - A_DAY)
    owners = Account.objects.filter(kind=Account.Kind.CONNECTED, balance_minor__gt=0).values("owner")
    candidates = daily.filter(pk__in=owners).order_by("pk").values_list("pk", flat=True)[:100]
    return [
        account
        for account in candidates
        if any(balances.available(account, currency) > 0 for currency in balances.currencies(account))
    ]


def _lock(payout_id: str) -> ConnectedPayout:
    row = ConnectedPayout.objects.select_for_update().filter(pk=payout_id).first()
    if row is None:
        raise missing("payout", payout_id)
    return row


def _arrive(row: ConnectedPayout) -> ConnectedPayout:
    row.status = Status.PAID
    row.save(update_fields=["status"])
    happened("payout.paid", row, account=row.account_id)
    return row


def _come_back(row: ConnectedPayout) -> ConnectedPayout:
    row.status, row.failure_code = Status.FAILED, "account_closed"
    row.save(update_fields=["status", "failure_code"])
    _post(Posting.Kind.PAYOUT_RETURNED, row, "payout_failure", row.amount_minor)
    happened("payout.failed", row, account=row.account_id)
    return row


def _post(posted: Posting.Kind, row: ConnectedPayout, kind: str, amount_minor: int) -> None:
    change = ledger.Change(owner=row.account_id, kind=kind, amount_minor=amount_minor, source=row.pk)
    ledger.move(
        posted,
        subject=row.pk,
        reference=row.metadata.get("reference", ""),
        currency=row.currency,
        outside=Account.Kind.BANKS,
        changes=[change],
    )
