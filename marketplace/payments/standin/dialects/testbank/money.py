"""What is there and how it came: charges, the balance, the statement's lines, the event log."""

from marketplace.payments.standin.dialects.testbank import pagination, webhooks
from marketplace.payments.standin.dialects.testbank.endpoint import by_method, reading
from marketplace.payments.standin.dialects.testbank.params import Params
from marketplace.payments.standin.engine import channels, snapshots, statement
from marketplace.payments.standin.engine.errors import missing
from marketplace.payments.standin.models import Charge, Event


@reading("charge.get")
def charge(query: Params, charge_id: str) -> dict:
    """One charge."""
    query.finish()
    row = Charge.objects.filter(pk=charge_id).first()
    if row is None:
        raise missing("charge", charge_id)
    return snapshots.charge(row)


@reading("balance.get")
def balance(query: Params) -> dict:
    """What the platform has here, by currency."""
    query.finish()
    return {"balances": statement.balances()}


@reading("entry.list")
def entries(query: Params) -> dict:
    """Lines of the platform's statement behind `cursor`, oldest first."""
    cursor = query.integer("cursor", least=0, most=2**62, default=0)
    at_most = pagination.limit(query)
    query.finish()
    answer = pagination.page(statement.lines().filter(pk__gt=cursor).order_by("pk"), at_most, statement.as_data)
    answer["next_cursor"] = answer["data"][-1]["cursor"] if answer["data"] else cursor
    return answer


@reading("event.list")
def events(query: Params) -> dict:
    """Events behind `after`, oldest first: what a lost webhook would have said."""
    after = query.text("after", default="")
    at_most = pagination.limit(query)
    query.finish()
    rows = Event.objects.filter(channel=channels.TESTBANK).order_by("seq")
    if after:
        start = rows.filter(id=after).first()
        if start is None:
            raise missing("event", after)
        rows = rows.filter(seq__gt=start.seq)
    return pagination.page(rows, at_most, webhooks.event)


charge_item = by_method(GET=charge)
balance_item = by_method(GET=balance)
entry_list = by_method(GET=entries)
event_list = by_method(GET=events)
