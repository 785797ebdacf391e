"""`/api/payees`: somebody to be paid, the link to her page, and what stands on her account."""

from collections.abc import Callable

from marketplace.payments.standin.dialects.testbank import pagination
from marketplace.payments.standin.dialects.testbank.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.testbank.params import Params
from marketplace.payments.standin.engine import payees, return_urls, snapshots, statement
from marketplace.payments.standin.engine.faults import Fault
from marketplace.payments.standin.models import Payee


@writing("payee.create")
def create(body: Params, fault: Fault) -> Callable[[], dict]:
    """Open an account for somebody."""
    fields = {"reference": body.text("reference"), "label": body.text("label")}
    body.finish()
    return lambda: snapshots.payee(payees.create(**fields))


@reading("payee.list")
def search(query: Params) -> dict:
    """All payees that carry this reference."""
    rows = Payee.objects.filter(reference=query.text("reference")).order_by("created_at", "pk")
    at_most = pagination.limit(query)
    query.finish()
    return pagination.page(rows, at_most, snapshots.payee)


@reading("payee.get")
def retrieve(query: Params, payee_id: str) -> dict:
    """One payee."""
    query.finish()
    return snapshots.payee(payees.get(payee_id))


@writing("payee.link")
def link(body: Params, fault: Fault, payee_id: str) -> Callable[[], dict]:
    """A way to the page on which she names her account."""
    return_url = return_urls.check("return_url", body.text("return_url", longest=2000))
    body.finish()
    return lambda: snapshots.payee_link(payees.link(payee_id, return_url=return_url))


@reading("payee.balance")
def balance(query: Params, payee_id: str) -> dict:
    """What stands on her account here, by currency."""
    query.finish()
    return {"balances": statement.balances(payees.get(payee_id).id)}


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve)
links = by_method(POST=link)
balance_item = by_method(GET=balance)
