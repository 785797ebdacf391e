"""`/v1/events` and `/v2/core/events`: what a lost webhook would have said."""

from django.db.models import QuerySet

from marketplace.payments.standin.dialects.stripe import events as objects
from marketplace.payments.standin.dialects.stripe import paging
from marketplace.payments.standin.dialects.stripe.call import Call
from marketplace.payments.standin.dialects.stripe.endpoint import by_method, reading
from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine import channels
from marketplace.payments.standin.engine.errors import missing
from marketplace.payments.standin.models import Event


@reading("event.list", ("type", "types", *paging.NAMES), per_account=True)
def search(call: Call) -> dict:
    """Events of the platform, or of a connected account, newest first."""
    if "type" in call.given and "types" in call.given:
        raise must_be("types", "left out when type is there")
    rows = _log(call)
    if types := call.given.get("types") or ([call.text("type")] if "type" in call.given else []):
        rows = rows.filter(type__in=types)
    return paging.page(rows, call.given, objects.write, url="/v1/events", order="seq")


@reading("event.get", per_account=True)
def retrieve(call: Call, event_id: str) -> dict:
    """One event."""
    row = _log(call).filter(id=event_id).first()
    if row is None:
        raise missing("event", event_id)
    return objects.write(row)


@reading("event_v2.get", v2=True, shape=False)
def retrieve_thin(call: Call, event_id: str) -> dict:
    """One thin event, whole."""
    row = Event.objects.filter(channel=channels.THIN, id=event_id).first()
    if row is None:
        raise missing("event", event_id)
    return objects.write_thin(row)


def _log(call: Call) -> QuerySet[Event]:
    channel = channels.CONNECTED if call.account else channels.ACQUIRER
    return Event.objects.filter(channel=channel, account=call.account)


collection = by_method(GET=search)
item = by_method(GET=retrieve)
thin_item = by_method(GET=retrieve_thin)
