"""A cardholder takes her money back; the platform answers with evidence, and the card's bank decides."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from marketplace.payments.standin.engine import clock, ids
from marketplace.payments.standin.engine.acquirer import charges, fees, ledger
from marketplace.payments.standin.engine.acquirer.announce import happened
from marketplace.payments.standin.engine.errors import Refusal, conflict, missing
from marketplace.payments.standin.models import Account, CardDispute, Posting

ANSWER_WITHIN = timedelta(days=7)
Status = CardDispute.Status
OVER = (Status.WON, Status.LOST)
# As at Stripe, in test mode these words decide.
WINNING, LOSING = "winning_evidence", "losing_evidence"


@transaction.atomic
def open_for(charge_id: str, *, reason: str, amount_minor: int | None = None) -> CardDispute:
    """Take the money and the fee out of the platform's balance, however little is there: of what no other dispute
    holds."""
    charge = charges.lock_paid(charge_id)
    held = charge.disputes.exclude(status=Status.WON).aggregate(total=Sum("amount_minor"))["total"] or 0
    left = charge.amount_minor - charge.refunded_minor - held
    amount_minor = left if amount_minor is None else amount_minor
    if held and not left:
        raise conflict("charge_disputed", f"Charge {charge.pk} is disputed already.")
    if not 0 < amount_minor <= left:
        raise conflict("dispute_too_large", f"{left} of this charge can be disputed.")
    charge.disputed = True
    charge.save(update_fields=["disputed"])
    moment = clock.now()
    row = CardDispute.objects.create(
        id=ids.new("dp"),
        charge=charge,
        amount_minor=amount_minor,
        fee_minor=fees.of_dispute(),
        currency=charge.currency,
        reason=reason,
        due_by=moment + ANSWER_WITHIN,
        created_at=moment,
    )
    _post(Posting.Kind.DISPUTE, row, -amount_minor, fee_minor=row.fee_minor, category="dispute")
    happened("charge.dispute.created", row)
    happened("charge.dispute.funds_withdrawn", row)
    return row


def get(dispute_id: str) -> CardDispute:
    """One dispute, or a refusal."""
    row = CardDispute.objects.select_related("charge").filter(pk=dispute_id).first()
    if row is None:
        raise missing("dispute", dispute_id)
    return row


@transaction.atomic
def answer(dispute_id: str, *, evidence: dict, metadata: dict | None, submit: bool) -> CardDispute:
    """Put down evidence, and hand it in: then there is no more to say."""
    row = _lock(dispute_id)
    if row.status != Status.NEEDS_RESPONSE:
        raise Refusal("dispute_over", "This dispute can no longer be answered.")
    row.evidence = row.evidence | evidence
    row.metadata = row.metadata if metadata is None else metadata
    if submit:
        row.submissions += 1
        row.status = Status.UNDER_REVIEW
    row.save()
    happened("charge.dispute.updated", row)
    words = row.evidence.get("uncategorized_text", "")
    if submit and words in (WINNING, LOSING):
        return _win(row) if words == WINNING else _end(row, Status.LOST)
    return row


@transaction.atomic
def decide(dispute_id: str, *, won: bool) -> CardDispute:
    """The card's bank decides."""
    row = _lock(dispute_id)
    if row.status in OVER:
        raise conflict("dispute_over", f"This dispute is {row.status}.")
    return _win(row) if won else _end(row, Status.LOST)


@transaction.atomic
def sweep(dispute_id: str) -> None:
    """Who does not answer in time has lost."""
    row = _lock(dispute_id)
    if row.status == Status.NEEDS_RESPONSE and row.due_by <= clock.now():
        _end(row, Status.LOST)


def overdue(moment: datetime) -> list[str]:
    """Disputes that nobody answered in time."""
    late = CardDispute.objects.filter(status=Status.NEEDS_RESPONSE, due_by__lte=moment)
    return list(late.order_by("due_by").values_list("pk", flat=True)[:100])


def _win(row: CardDispute) -> CardDispute:
    _post(Posting.Kind.DISPUTE_RETURNED, row, row.amount_minor, category="dispute_reversal")
    row = _end(row, Status.WON)
    happened("charge.dispute.funds_reinstated", row)
    return row


def _end(row: CardDispute, status: CardDispute.Status) -> CardDispute:
    row.status = status
    row.save(update_fields=["status"])
    happened("charge.dispute.closed", row)
    return row


def _post(posted: Posting.Kind, row: CardDispute, amount_minor: int, *, category: str, fee_minor: int = 0) -> None:
    ledger.move(
        posted,
        subject=row.pk,
        reference=row.charge.intent.transfer_group,
        currency=row.currency,
        outside=Account.Kind.CARDS,
        changes=[
            ledger.Change(
                owner=ledger.PLATFORM,
                kind="adjustment",
                category=category,
                amount_minor=amount_minor,
                fee_minor=fee_minor,
                source=row.pk,
                description=f"Chargeback {category} for {row.charge_id}",
            )
        ],
    )


def _lock(dispute_id: str) -> CardDispute:
    row = CardDispute.objects.select_for_update().filter(pk=dispute_id).first()
    if row is None:
        raise missing("dispute", dispute_id)
    return row
