"""What follows from asking whether a provider's books and ours agree."""

from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify
from marketplace.payments.events import ReconciliationAsked, ReconciliationFinished
from marketplace.payments.flows.reconcile import reconcile
from marketplace.payments.selectors.finance import finance_staff


@handles(ReconciliationAsked, reaches_outside=True)
def read_and_compare(event: Event) -> None:
    reconcile(event.aggregate)


@handles(ReconciliationFinished)
def tell_finance_what_is_new(event: Event) -> None:
    if event.data["new"]:
        facts = {"provider": event.data["provider"], "count": event.data["new"]}
        notify(finance_staff(), "books_differ", facts=facts, path="/admin/payments/difference/?state__exact=open")
