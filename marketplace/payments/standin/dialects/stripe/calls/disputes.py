"""`/v1/disputes`: what cardholders say, and the answer."""

from marketplace.payments.standin.dialects.stripe import paging
from marketplace.payments.standin.dialects.stripe.call import Call
from marketplace.payments.standin.dialects.stripe.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.stripe.objects import dispute as objects
from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine.acquirer import disputes
from marketplace.payments.standin.models import CardDispute

MOST_EVIDENCE = 150_000


@reading("dispute.get")
def retrieve(call: Call, dispute_id: str) -> dict:
    """One dispute."""
    return objects.write(disputes.get(dispute_id))


@reading("dispute.list", ("charge", "payment_intent", *paging.NAMES))
def search(call: Call) -> dict:
    """Disputes, newest first."""
    wanted = {"charge": call.text("charge"), "charge__intent": call.text("payment_intent")}
    rows = CardDispute.objects.filter(**{name: value for name, value in wanted.items() if value})
    return paging.page(rows.select_related("charge"), call.given, objects.write, url="/v1/disputes")


@writing("dispute.update", (*(f"evidence.{name}" for name in objects.EVIDENCE), "metadata", "submit"))
def update(call: Call, dispute_id: str) -> dict:
    """Put down evidence; it is handed in at once unless `submit` says that it is a draft."""
    evidence = call.given.get("evidence", {})
    if sum(map(len, evidence.values())) > MOST_EVIDENCE:
        raise must_be("evidence", f"at most {MOST_EVIDENCE} characters in all")
    before = disputes.get(dispute_id).metadata
    row = disputes.answer(
        dispute_id,
        evidence=evidence,
        metadata=call.metadata(before) if "metadata" in call.given else None,
        submit=call.given.get("submit", bool(evidence)),
    )
    return objects.write(row)


collection = by_method(GET=search)
item = by_method(GET=retrieve, POST=update)
