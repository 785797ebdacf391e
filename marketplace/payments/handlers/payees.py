"""What follows from money moving to payees: each part goes on by itself, and the payee is told."""

from marketplace.accounts.events import PartyVerified
from marketplace.accounts.models import Party
from marketplace.accounts.models.verified_fact import VerifiedKind
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.payments.events import (
    PayoutAccountChanged,
    PayoutFailed,
    PayoutLetGo,
    PayoutPaid,
    PayoutRequested,
    PayoutSent,
    TransferCreated,
    TransferHeld,
    TransferLetGo,
    TransferRetried,
)
from marketplace.payments.flows.pay_out import submit_payout, submit_transfer
from marketplace.payments.handlers.telling import tell
from marketplace.payments.machine import PayoutState, TransferState
from marketplace.payments.models import Payout, PayoutAccount, PayoutGuard, Transfer
from marketplace.payments.steps.holds import let_go, retry
from marketplace.payments.steps.payouts import let_payout_go

SYSTEM = Actor.system("payments")
# Each reason has words of its own: what the payee can do about it differs.
HELD_WORDS = {
    Transfer.Hold.NO_ACCOUNT: "transfer_held_no_account",
    Transfer.Hold.NOT_VERIFIED: "transfer_held_not_verified",
    Transfer.Hold.OTHER_HOLDER: "transfer_held_other_holder",
    Transfer.Hold.FIRST_PAYOUT: "transfer_held_first_payout",
    Transfer.Hold.SECURITY_CHANGE: "transfer_held_security_change",
    Transfer.Hold.OBJECTION: "transfer_held_objection",
    Transfer.Hold.QUICK: "transfer_held_quick",
    Transfer.Hold.FROZEN: "transfer_held_frozen",
    Transfer.Hold.STAFF: "transfer_held_staff",
}


@handles(TransferCreated, TransferLetGo, TransferRetried, reaches_outside=True)
def take_transfer_to_provider(event: Event) -> None:
    submit_transfer(event.aggregate)


@handles(PayoutRequested, PayoutLetGo, reaches_outside=True)
def take_payout_to_provider(event: Event) -> None:
    submit_payout(event.aggregate)


@handles(PayoutAccountChanged)
def go_on_with_an_account(event: Event) -> None:
    """Whatever waited for an account, or was refused for lack of one, is looked at again."""
    if not event.data["payouts_enabled"]:
        return
    account = PayoutAccount.objects.get(public_id=event.aggregate)
    party = account.party_id
    refused = Transfer.objects.filter(party=party, provider=account.provider, state=TransferState.FAILED)
    _look_again(party, Transfer.Hold.NO_ACCOUNT, Transfer.Hold.OTHER_HOLDER)
    for transfer in lock(refused, "transfer"):
        retry(transfer, by=SYSTEM)
    about_account = [Payout.Hold.NO_ACCOUNT, Payout.Hold.OTHER_HOLDER]
    held = Payout.objects.filter(party=party, state=PayoutState.ON_HOLD, hold__in=about_account)
    for payout in lock(held, "payout"):
        let_payout_go(payout, by=SYSTEM)


@handles(PartyVerified)
def go_on_with_a_verified_payee(event: Event) -> None:
    if event.data["kind"] == VerifiedKind.PAYEE:
        party = Party.objects.get(public_id=event.aggregate)
        _look_again(party.pk, Transfer.Hold.NOT_VERIFIED, Transfer.Hold.OTHER_HOLDER)


def _look_again(party_id: int, *reasons: Transfer.Hold) -> None:
    held = Transfer.objects.filter(party=party_id, state=TransferState.ON_HOLD, hold__in=reasons)
    for transfer in lock(held, "transfer"):
        let_go(transfer, by=SYSTEM)


@handles(TransferHeld)
def tell_transfer_held(event: Event) -> None:
    transfer = Transfer.objects.select_related("party").get(public_id=event.aggregate)
    facts = {"amount": str(transfer.money), "until": event.data["until"][:10]}
    hold = Transfer.Hold(event.data["hold"])
    if hold == Transfer.Hold.FROZEN and is_frozen_by_staff(transfer.party_id):
        hold = Transfer.Hold.STAFF
    tell(transfer.party, HELD_WORDS[hold], facts, "/earnings/")


def is_frozen_by_staff(party_id: int) -> bool:
    return PayoutGuard.objects.filter(party=party_id, frozen_by__isnull=False).exists()


@handles(PayoutSent)
def tell_payout_sent(event: Event) -> None:
    _tell_payout(event, "payout_sent")


@handles(PayoutPaid)
def tell_payout_paid(event: Event) -> None:
    _tell_payout(event, "payout_paid")


@handles(PayoutFailed)
def tell_payout_failed(event: Event) -> None:
    _tell_payout(event, "payout_failed" if event.data["retry_at"] else "payout_stuck")


@handles(PayoutAccountChanged)
def tell_payout_account_changed(event: Event) -> None:
    account = PayoutAccount.objects.select_related("party").get(public_id=event.aggregate)
    kind = "payout_account_changed" if event.data["payouts_enabled"] else "payout_account_refused"
    tell(account.party, kind, {"last4": event.data["last4"] or "–"}, "/earnings/account/")


def _tell_payout(event: Event, kind: str) -> None:
    payout = Payout.objects.select_related("party").get(public_id=event.aggregate)
    facts = {
        "amount": str(payout.money),
        "last4": payout.last4,
        "retry_on": event.data.get("retry_at", "")[:10],
    }
    tell(payout.party, kind, facts, f"/earnings/payouts/{payout.public_id}/")
