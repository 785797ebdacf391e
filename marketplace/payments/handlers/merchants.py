"""What follows from a merchant's money moving in and back."""

from marketplace.accounts.selectors import emails_of
from marketplace.core.actor import Role
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.outbox.registry import handles
from marketplace.ledger.selectors import get_lot
from marketplace.notifications.steps.notify import notify
from marketplace.payments.events import (
    ApprovalAsked,
    ApprovalClosed,
    ApprovalGranted,
    FundingMismatched,
    FundingPaid,
    FundingRequested,
    LotAgeing,
    RefundDone,
    RefundRequested,
    RefundReturned,
    WebhookReceived,
)
from marketplace.payments.flows.inbox import process
from marketplace.payments.flows.submit import submit_funding, submit_refund
from marketplace.payments.handlers.telling import tell
from marketplace.payments.models import Approval, Funding, Refund
from marketplace.payments.steps.refunds import is_protected


@handles(FundingRequested, reaches_outside=True)
def take_funding_to_provider(event: Event) -> None:
    submit_funding(event.aggregate)


@handles(RefundRequested, reaches_outside=True)
def take_refund_to_provider(event: Event) -> None:
    submit_refund(event.aggregate)


@handles(WebhookReceived, reaches_outside=True)
def process_webhook(event: Event) -> None:
    process(event.aggregate)


@handles(FundingPaid)
def tell_funding_paid(event: Event) -> None:
    funding = Funding.objects.select_related("party").get(public_id=event.aggregate)
    tell(funding.party, "funding_paid", {"amount": str(funding.money)}, f"/wallet/in/{funding.public_id}/")


@handles(FundingMismatched)
def tell_funding_mismatched(event: Event) -> None:
    funding = Funding.objects.select_related("party").get(public_id=event.aggregate)
    arrived = Money(event.data["amount_minor"], event.data["currency"])
    facts = {"asked": str(funding.money), "arrived": str(arrived)}
    tell(funding.party, "funding_mismatched", facts, f"/wallet/in/{funding.public_id}/")


@handles(RefundDone)
def tell_refund_done(event: Event) -> None:
    refund = Refund.objects.select_related("party").get(public_id=event.aggregate)
    kind = "refund_done_unused" if refund.reason == Refund.Reason.UNUSED else "refund_done"
    tell(refund.party, kind, {"amount": str(refund.money)}, f"/wallet/back/{refund.public_id}/")


@handles(RefundReturned)
def tell_refund_returned(event: Event) -> None:
    refund = Refund.objects.select_related("party", "lot__held_in").get(public_id=event.aggregate)
    kind = "refund_returned_protected" if is_protected(refund) else "refund_returned"
    tell(refund.party, kind, {"amount": str(refund.money)}, f"/wallet/back/{refund.public_id}/")


@handles(LotAgeing)
def tell_lot_ageing(event: Event) -> None:
    lot = get_lot(event.aggregate)
    remaining = Money(event.data["remaining_minor"], event.data["currency"])
    facts = {"amount": str(remaining), "goes_back_on": event.data["goes_back_on"]}
    tell(lot.held_in.party, "lot_ageing", facts, "/wallet/")


@handles(ApprovalAsked)
def tell_approval_asked(event: Event) -> None:
    """Everybody but the asker who may say yes."""
    approval = Approval.objects.select_related("party", "asked_by").get(public_id=event.aggregate)
    facts = {"name": str(approval.asked_by), "amount": str(approval.money)}
    others = emails_of(approval.party_id, Role.OWNER, Role.FINANCE).exclude(pk=approval.asked_by_id)
    notify(others, "approval_asked", facts=facts, path=f"/wallet/approvals/{approval.public_id}/", party=approval.party)


@handles(ApprovalGranted, ApprovalClosed)
def tell_approval_decided(event: Event) -> None:
    approval = Approval.objects.select_related("party", "asked_by").get(public_id=event.aggregate)
    kind = "approval_granted" if event.name == ApprovalGranted.name else "approval_closed"
    path = f"/wallet/approvals/{approval.public_id}/"
    notify([approval.asked_by], kind, facts={"amount": str(approval.money)}, path=path, party=approval.party)
