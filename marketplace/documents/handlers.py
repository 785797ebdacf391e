"""What follows: a payment in has its receipt, and whoever minds the party's money hears of what comes monthly."""

from marketplace.accounts.selectors import emails_of
from marketplace.core.actor import Actor, Role
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.documents.events import DocumentIssued
from marketplace.documents.models import Document, DocumentKind
from marketplace.documents.steps.receipts import issue_receipt
from marketplace.notifications.steps.notify import notify
from marketplace.payments.events import ContractPaid, FundingPaid
from marketplace.payments.models import Funding

SYSTEM = Actor.system("documents")
# A payment is told of already; its receipt stands on the page.
TOLD = {
    DocumentKind.INVOICE: "invoice_issued",
    DocumentKind.CREDIT_NOTE: "credit_note_issued",
    DocumentKind.STATEMENT: "statement_issued",
}


@handles(FundingPaid, ContractPaid)
def give_receipt(event: Event) -> None:
    funding = Funding.objects.select_related("party__legal_entity").get(public_id=event.aggregate)
    issue_receipt(funding, by=SYSTEM)


@handles(DocumentIssued)
def tell_document_issued(event: Event) -> None:
    if kind := TOLD.get(event.data["kind"]):
        document = Document.objects.select_related("party").get(public_id=event.aggregate)
        notify(
            emails_of(document.party_id, Role.OWNER, Role.FINANCE),
            kind,
            facts={"number": document.number, "amount": str(document.total)},
            path=f"/documents/{document.public_id}/",
            party=document.party,
        )
