"""A payee's life: opened by the platform, given a bank account by herself, given another, closed."""

from datetime import timedelta

from django.db import transaction

from marketplace.payments.standin.engine import bank_numbers, clock, events, ids, snapshots
from marketplace.payments.standin.engine.errors import Refusal, conflict, invalid, missing
from marketplace.payments.standin.models import Payee, PayeeLink

LINK_LIVES = timedelta(minutes=15)


@transaction.atomic
def create(*, reference: str, label: str) -> Payee:
    """An account for somebody; nothing can be paid out of it before she has named hers outside."""
    moment = clock.now()
    row = Payee.objects.create(
        id=ids.new("pye"), reference=reference, label=label, created_at=moment, changed_at=moment
    )
    events.record("payee.created", snapshots.payee(row))
    return row


def get(payee_id: str) -> Payee:
    """One payee, or a refusal."""
    row = Payee.objects.filter(pk=payee_id).first()
    if row is None:
        raise missing("payee", payee_id)
    return row


@transaction.atomic
def link(payee_id: str, *, return_url: str) -> PayeeLink:
    """A way to the page on which she names her account."""
    expires_at = clock.now() + LINK_LIVES
    return PayeeLink.objects.create(
        id=ids.new("lnk"), payee=get(payee_id), return_url=return_url, expires_at=expires_at
    )


def get_link(link_id: str) -> PayeeLink:
    """A link of whatever state, or a refusal."""
    row = PayeeLink.objects.select_related("payee").filter(pk=link_id).first()
    if row is None:
        raise missing("link", link_id)
    return row


def is_open(row: PayeeLink) -> bool:
    """Whether its page still takes something."""
    return row.used_at is None and row.expires_at > clock.now()


@transaction.atomic
def name_account(link_id: str, *, holder: str, bank_name: str, number: str) -> Payee:
    """She names the account outside, the first or another one. Of the number only a trace stays."""
    row = PayeeLink.objects.select_for_update().filter(pk=link_id).first()
    if row is None:
        raise missing("link", link_id)
    if not is_open(row):
        raise conflict("link_over", "This link was used, or its time is over.")
    number = bank_numbers.tidy(number)
    if not holder.strip():
        raise invalid("holder", "is needed")
    if not bank_numbers.is_valid(number):
        raise invalid("number", "not a number that an account can have")
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])
    payee = _lock(row.payee_id)
    payee.holder, payee.bank_name = holder.strip()[:120], bank_name.strip()[:120]
    payee.last4, payee.fingerprint = number[-4:], bank_numbers.fingerprint(number)
    payee.payouts_enabled = True
    return _changed(payee)


@transaction.atomic
def switch(payee_id: str, *, enabled: bool) -> Payee:
    """The bank stops paying out to somebody, or does so again."""
    payee = _lock(payee_id)
    if enabled and not payee.last4:
        raise Refusal("payee_has_no_account", "She has not named an account yet.", status=409)
    payee.payouts_enabled = enabled
    return _changed(payee)


def _lock(payee_id: str) -> Payee:
    row = Payee.objects.select_for_update().filter(pk=payee_id).first()
    if row is None:
        raise missing("payee", payee_id)
    return row


def _changed(payee: Payee) -> Payee:
    payee.changed_at = clock.now()
    payee.save()
    events.record("payee.updated", snapshots.payee(payee))
    return payee
