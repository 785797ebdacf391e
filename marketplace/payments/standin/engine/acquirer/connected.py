"""A connected account's life: opened by the platform, filled in by its owner, restricted, refused, closed."""

from datetime import datetime, timedelta

from django.db import transaction

from marketplace.payments.standin.engine import bank_numbers, clock, ids
from marketplace.payments.standin.engine.acquirer.announce import changed
from marketplace.payments.standin.engine.errors import Refusal, conflict, invalid, missing
from marketplace.payments.standin.models import ConnectedAccount, OnboardingLink

LINK_LIVES = timedelta(minutes=5)
MORE_IS_DUE_IN = timedelta(days=14)
Transfers = ConnectedAccount.Transfers

_PERSON = ["identity.individual.given_name", "identity.individual.surname"]
_TERMS = "identity.attestations.terms_of_service.account"
_BANK = "configuration.recipient.default_outbound_destination"
AT_FIRST = [*_PERSON, _TERMS, _BANK]
PAPERS = ["identity.individual.documents.primary_verification"]

REQUIREMENTS = "v2.core.account[requirements].updated"
CAPABILITY = "v2.core.account[configuration.recipient].capability_status_updated"
TRANSFERS = "stripe_balance.stripe_transfers"


@transaction.atomic
def create(*, wants_transfers: bool, **fields: object) -> ConnectedAccount:
    """An account for somebody. Nothing can be sent to it before she has told the acquirer who she is."""
    row = ConnectedAccount.objects.create(id=ids.new("acct"), created_at=clock.now(), **fields)
    changed("v2.core.account.created", row.pk)
    return _ask(row) if wants_transfers else row


@transaction.atomic
def update(account_id: str, *, wants_transfers: bool, **fields: object) -> ConnectedAccount:
    """The platform says something else about it, or asks for transfers to it."""
    row = lock(account_id)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    if fields:
        changed("v2.core.account.updated", row.pk)
    return _ask(row) if wants_transfers and row.transfers == Transfers.NOT_ASKED else row


def get(account_id: str) -> ConnectedAccount:
    """One account, or a refusal."""
    row = ConnectedAccount.objects.filter(pk=account_id).first()
    if row is None:
        raise missing("account", account_id)
    return row


def lock(account_id: str) -> ConnectedAccount:
    """The row until the transaction ends, or a refusal."""
    row = ConnectedAccount.objects.select_for_update().filter(pk=account_id).first()
    if row is None:
        raise missing("account", account_id)
    return row


def receiving(account_id: str) -> ConnectedAccount:
    """An account that takes transfers, locked so that it stays one until the transaction ends; or a refusal."""
    row = ConnectedAccount.objects.select_for_update().filter(pk=account_id).first()
    if row is None:
        raise Refusal("destination_missing", f"No such destination: '{account_id}'", field="destination")
    if row.transfers != Transfers.ACTIVE or row.closed_at:
        raise Refusal(
            "capability_missing",
            "Your destination account needs to have at least one of the following capabilities enabled: transfers",
            field="destination",
        )
    return row


@transaction.atomic
def close(account_id: str) -> ConnectedAccount:
    """The end of it: nothing comes or goes any more. Twice is once."""
    row = lock(account_id)
    if row.closed_at is None:
        row.closed_at = clock.now()
        row.save(update_fields=["closed_at"])
        changed("v2.core.account.closed", row.pk)
    return row


@transaction.atomic
def link(account_id: str, *, use_case: str, return_url: str, refresh_url: str) -> OnboardingLink:
    """A way to the hosted page."""
    moment = clock.now()
    return OnboardingLink.objects.create(
        id=ids.new("acctlink"),
        account=get(account_id),
        use_case=use_case,
        return_url=return_url,
        refresh_url=refresh_url,
        created_at=moment,
        expires_at=moment + LINK_LIVES,
    )


def get_link(link_id: str) -> OnboardingLink:
    """A link of whatever state, or a refusal."""
    row = OnboardingLink.objects.select_related("account").filter(pk=link_id).first()
    if row is None:
        raise missing("account_link", link_id)
    return row


def is_open(row: OnboardingLink) -> bool:
    """Whether its page still takes something."""
    return row.used_at is None and row.expires_at > clock.now()


@transaction.atomic
def fill_in(link_id: str, *, holder: str, bank_name: str, number: str, papers_later: bool = False) -> ConnectedAccount:
    """She says who she is and where her bank is; perhaps papers are wanted of her within two weeks."""
    number = bank_numbers.tidy(number)
    if not holder.strip():
        raise invalid("holder", "is needed")
    if not bank_numbers.is_valid(number):
        raise invalid("number", "not a number that an account can have")
    row = _by_link(link_id)
    row.holder, row.bank_name = holder.strip()[:120], bank_name.strip()[:120]
    row.last4, row.fingerprint = number[-4:], bank_numbers.fingerprint(number)
    return _require(row, PAPERS if papers_later else [], Transfers.ACTIVE)


@transaction.atomic
def leave(link_id: str) -> ConnectedAccount:
    """She goes back before she is through: something is told, the rest is still due."""
    row = _by_link(link_id)
    if row.transfers == Transfers.ACTIVE:
        return row
    return _require(row, [item for item in row.due if item not in _PERSON], row.transfers)


@transaction.atomic
def refuse(link_id: str) -> ConnectedAccount:
    """The acquirer does not want her."""
    return _require(_by_link(link_id), [], Transfers.REFUSED)


@transaction.atomic
def want_more(account_id: str) -> ConnectedAccount:
    """Papers are wanted, at once: until they are there nothing can be sent to her."""
    row = lock(account_id)
    if row.transfers != Transfers.ACTIVE:
        raise conflict("account_not_active", f"Transfers to this account are {row.transfers}.")
    return _require(row, PAPERS, Transfers.RESTRICTED)


@transaction.atomic
def sweep(account_id: str) -> None:
    """Restrict an account whose papers did not come in time."""
    row = lock(account_id)
    if row.due_by and row.due_by <= clock.now() and row.transfers == Transfers.ACTIVE:
        row.transfers = Transfers.RESTRICTED
        row.save(update_fields=["transfers"])
        changed(CAPABILITY, row.pk, updated_capability=TRANSFERS)


def overdue(moment: datetime) -> list[str]:
    """Accounts whose papers are overdue."""
    late = ConnectedAccount.objects.filter(transfers=Transfers.ACTIVE, due_by__lte=moment)
    return list(late.order_by("due_by").values_list("pk", flat=True)[:100])


@transaction.atomic
def pay_out(account_id: str, interval: str) -> ConnectedAccount:
    """How her balance is paid out: by itself, or when somebody says so."""
    row = lock(account_id)
    row.interval = interval
    row.save(update_fields=["interval"])
    return row


def _ask(row: ConnectedAccount) -> ConnectedAccount:
    return _require(row, AT_FIRST, Transfers.RESTRICTED)


def _require(row: ConnectedAccount, due: list[str], transfers: Transfers) -> ConnectedAccount:
    was = row.transfers
    row.due, row.transfers = due, transfers
    row.due_by = clock.now() + MORE_IS_DUE_IN if due and transfers == Transfers.ACTIVE else None
    row.save()
    changed(REQUIREMENTS, row.pk)
    if transfers != was:
        changed(CAPABILITY, row.pk, updated_capability=TRANSFERS)
    return row


def _by_link(link_id: str) -> ConnectedAccount:
    """The link's account under lock, and the link used up."""
    link_row = OnboardingLink.objects.select_for_update().filter(pk=link_id).first()
    if link_row is None:
        raise missing("account_link", link_id)
    if not is_open(link_row):
        raise conflict("link_over", "This link was used, or its time is over.")
    link_row.used_at = clock.now()
    link_row.save(update_fields=["used_at"])
    return lock(link_row.account_id)
