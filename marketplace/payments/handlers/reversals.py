"""What follows when a transfer is taken back: the provider is asked, and both sides are told."""

from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify
from marketplace.payments.events import TransferReversalDone, TransferReversalRefused, TransferTakenBack
from marketplace.payments.flows.take_back import submit_reversal
from marketplace.payments.handlers.telling import tell
from marketplace.payments.models import TransferReversal
from marketplace.payments.selectors.finance import finance_staff


@handles(TransferTakenBack, reaches_outside=True)
def take_reversal_to_provider(event: Event) -> None:
    submit_reversal(event.aggregate)


@handles(TransferTakenBack)
def tell_the_payee(event: Event) -> None:
    """With the reason, and whom to write to."""
    reversal = _get(event)
    kind = "transfer_taken_back_owed" if event.data["owed"] else "transfer_taken_back"
    tell(reversal.party, kind, {"amount": str(reversal.money), "reason": reversal.reason}, "/earnings/#taken-back")
    if event.data["owed"]:
        _tell_merchant(reversal)


@handles(TransferReversalDone)
def tell_the_merchant(event: Event) -> None:
    _tell_merchant(_get(event))


@handles(TransferReversalRefused)
def tell_finance_it_was_refused(event: Event) -> None:
    reversal = _get(event)
    facts = {"amount": str(reversal.money), "payee": reversal.party.name, "why": event.data["why"]}
    path = f"/admin/payments/transferreversal/{reversal.pk}/change/"
    notify(finance_staff(), "staff_reversal_refused", facts=facts, path=path)
    tell(reversal.party, "transfer_kept", {"amount": str(reversal.money)}, "/earnings/")


def _tell_merchant(reversal: TransferReversal) -> None:
    merchant = reversal.transfer.lot.held_in.party
    tell(merchant, "money_taken_back_for_you", {"amount": str(reversal.money)}, "/wallet/")


def _get(event: Event) -> TransferReversal:
    related = TransferReversal.objects.select_related("party", "transfer__lot__held_in__party")
    return related.get(public_id=event.aggregate)
