"""From the platform's balance to a connected account's, and back by reversal."""

from django.db import transaction

from marketplace.payments.standin.engine import clock, ids
from marketplace.payments.standin.engine.acquirer import balances, charges, connected, ledger
from marketplace.payments.standin.engine.acquirer.announce import happened
from marketplace.payments.standin.engine.errors import Refusal, missing
from marketplace.payments.standin.models import CardCharge, ConnectedReversal, ConnectedTransfer, Posting


@transaction.atomic
def create(
    *, account_id: str, charge_id: str, amount_minor: int | None, currency: str, transfer_group: str, **fields: object
) -> ConnectedTransfer:
    """Move it at once.

    One that names its charge needs no available balance, and its money becomes available with the charge's; all that
    name the same charge together never exceed it. One that names none is paid out of what is available now.
    """
    charge = charges.lock_paid(charge_id) if charge_id else None
    account = connected.receiving(account_id)
    if charge:
        amount_minor = charge.amount_minor - charge.sent_minor if amount_minor is None else amount_minor
        transfer_group = _require_of_charge(charge, amount_minor, currency, transfer_group)
        charge.sent_minor += amount_minor
        charge.save(update_fields=["sent_minor"])
    elif amount_minor is None:
        raise Refusal("parameter_missing", "Missing required param: amount.", field="amount")
    else:
        balances.require(ledger.PLATFORM, currency, amount_minor)
    row = ConnectedTransfer.objects.create(
        id=ids.new("tr"),
        arrival_id=ids.new("py"),
        account=account,
        charge=charge,
        amount_minor=amount_minor,
        currency=currency,
        transfer_group=transfer_group,
        created_at=clock.now(),
        **fields,
    )
    available_at = max(charge.available_at, row.created_at) if charge else row.created_at
    ledger.move(
        Posting.Kind.TRANSFER,
        subject=row.pk,
        reference=transfer_group,
        currency=currency,
        changes=[
            ledger.Change(ledger.PLATFORM, "transfer", -amount_minor, row.pk, available_at=available_at),
            ledger.Change(account.pk, "payment", amount_minor, row.arrival_id, available_at=available_at),
        ],
    )
    happened("transfer.created", row)
    return row


def get(transfer_id: str) -> ConnectedTransfer:
    """One transfer, or a refusal."""
    row = ConnectedTransfer.objects.filter(pk=transfer_id).first()
    if row is None:
        raise missing("transfer", transfer_id)
    return row


@transaction.atomic
def reverse(transfer_id: str, *, amount_minor: int | None, **fields: object) -> ConnectedReversal:
    """Take part or all of it back, as long as the account still has it."""
    row = ConnectedTransfer.objects.select_for_update().filter(pk=transfer_id).first()
    if row is None:
        raise missing("transfer", transfer_id)
    left = row.amount_minor - row.reversed_minor
    amount_minor = left if amount_minor is None else amount_minor
    if not 0 < amount_minor <= left:
        raise Refusal(
            "reversal_too_large",
            f"Transfer reversal amount ({amount_minor}) is greater than unreversed amount on transfer ({left})",
            field="amount",
        )
    balances.require(row.account_id, row.currency, amount_minor, pending_too=True)
    reversal = ConnectedReversal.objects.create(
        id=ids.new("trr"),
        transfer=row,
        amount_minor=amount_minor,
        currency=row.currency,
        created_at=clock.now(),
        **fields,
    )
    row.reversed_minor += amount_minor
    row.save(update_fields=["reversed_minor"])
    # What was sent before it was available comes back before it is, too.
    available_at = max(ledger.of(row.pk).available_at, reversal.created_at)
    ledger.move(
        Posting.Kind.TRANSFER_REVERSED,
        subject=reversal.pk,
        reference=row.transfer_group,
        currency=row.currency,
        changes=[
            ledger.Change(row.account_id, "payment_refund", -amount_minor, reversal.pk, available_at=available_at),
            ledger.Change(ledger.PLATFORM, "transfer_refund", amount_minor, reversal.pk, available_at=available_at),
        ],
    )
    happened("transfer.reversed", row)
    return reversal


def _require_of_charge(charge: CardCharge, amount_minor: int, currency: str, transfer_group: str) -> str:
    """The group that a transfer out of this charge belongs to, when it may be made at all."""
    group = charge.intent.transfer_group
    if currency != charge.currency:
        raise Refusal(
            "currency_mismatch",
            f"The currency of source_transaction's balance transaction ({charge.currency.lower()}) must be the same as "
            f"the transfer currency ({currency.lower()})",
            field="currency",
        )
    if transfer_group and group and transfer_group != group:
        raise Refusal(
            "group_mismatch",
            f"The transfer group ({transfer_group}) must match the transfer group of the source charge ({group}).",
            field="transfer_group",
        )
    left = charge.amount_minor - charge.sent_minor
    if not 0 < amount_minor <= left:
        raise Refusal(
            "charge_exhausted",
            f"Transfers using this transaction as a source must not exceed the source amount of {charge.amount_minor}. "
            f"({charge.sent_minor} was transferred already.)",
            field="amount",
        )
    return transfer_group or group
