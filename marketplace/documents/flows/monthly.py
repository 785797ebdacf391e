"""The months that are over: invoices, statements, closed. Killed anywhere, the next day goes on."""

from datetime import date

from marketplace.core.actor import Actor
from marketplace.documents.selectors.due import merchants_to_invoice, months_to_close, payees_to_state
from marketplace.documents.services.issuing import close_month, invoice_month, state_month

SYSTEM = Actor.system("documents")


def issue_months() -> list[date]:
    """Everything that is due, oldest month first; returns the months that were closed."""
    closed = []
    for month in months_to_close():
        for party_id, currency in merchants_to_invoice(month):
            invoice_month(actor=SYSTEM, party_id=party_id, currency=currency, month=month)
        for party_id, currency in payees_to_state(month):
            state_month(actor=SYSTEM, party_id=party_id, currency=currency, month=month)
        if not close_month(actor=SYSTEM, month=month):
            break
        closed.append(month)
    return closed
