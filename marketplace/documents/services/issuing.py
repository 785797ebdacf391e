"""What a month brings, one document a transaction; and closing it."""

from datetime import date

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.tx import use_case
from marketplace.documents.models import ClosedMonth, Document
from marketplace.documents.policies import DOCUMENTS, DocumentAction
from marketplace.documents.selectors.due import after, merchants_to_invoice
from marketplace.documents.steps.invoices import issue_invoice
from marketplace.documents.steps.statements import issue_statement


@use_case
def invoice_month(*, actor: Actor, party_id: int, currency: str, month: date) -> Document | None:
    """The merchant's invoice of a month, with its credit notes. Again: nothing. Raises Forbidden."""
    DOCUMENTS.authorise(actor, DocumentAction.ISSUE)
    return issue_invoice(_locked(party_id), currency, month, by=actor)


@use_case
def state_month(*, actor: Actor, party_id: int, currency: str, month: date) -> Document | None:
    """The payee's self-billed statement of a month. Again: nothing. Raises Forbidden."""
    DOCUMENTS.authorise(actor, DocumentAction.ISSUE)
    return issue_statement(_locked(party_id), currency, month, by=actor)


@use_case
def close_month(*, actor: Actor, month: date) -> bool:
    """Says that all of a month is issued; False while something is not, or the month is not over. Raises Forbidden."""
    DOCUMENTS.authorise(actor, DocumentAction.ISSUE)
    if clock.now() < clock.start_of(after(month)) or merchants_to_invoice(month):
        return False
    ClosedMonth.objects.bulk_create([ClosedMonth(first=month)], ignore_conflicts=True)
    return True


def _locked(party_id: int) -> Party:
    return lock(Party.objects.filter(pk=party_id).select_related("legal_entity"), "party")[0]
