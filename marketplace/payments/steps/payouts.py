"""Making payouts of what is ready, and moving them: what a person, the weekly run and the clock share."""

from collections.abc import Iterable, Sequence

from django.db import connection

from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record, record_all
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step
from marketplace.ledger import chart, plans
from marketplace.ledger.plan import Plan
from marketplace.ledger.steps.posting import post, post_all
from marketplace.payments.events import PayoutHeld, PayoutLetGo, PayoutRequested
from marketplace.payments.machine import PAYOUT
from marketplace.payments.models import Payout, Transfer
from marketplace.payments.steps.payout_holds import Held

PAYOUT_RETRY, PAYOUT_LET_GO = "payout.retry", "payout.let_go"

PAID_BY = """
UPDATE payments_transfer AS transfer SET payout_id = paid_by.payout
FROM unnest(%s::bigint[], %s::bigint[]) AS paid_by(part, payout) WHERE transfer.id = paid_by.part
"""


@step
def make_payouts(planned: Sequence[tuple[Payout, Sequence[int]]], *, by: Actor) -> list[Payout]:
    """Each out of its transfers (their keys): four statements, however many there are. The caller has locked the
    transfers; none is in a payout."""
    payouts = Payout.objects.bulk_create([payout for payout, _parts in planned])
    pairs = [(part, payout.pk) for payout, parts in planned for part in parts]
    with connection.cursor() as cursor:
        cursor.execute(PAID_BY, [[part for part, _payout in pairs], [payout for _part, payout in pairs]])
    post_all([sent_plan(payout) for payout in payouts])
    record_all([requested(payout) for payout in payouts], by=by)
    return payouts


@step
def retry_payout(payout: Payout, *, by: Actor) -> None:
    """One more try: a payout of its own at the provider and in the ledger."""
    move = PAYOUT.fire(payout, "retry")
    payout.tries += 1
    payout.epoch = 1
    payout.provider_payout = payout.failure = ""
    payout.retry_at = payout.closed_at = payout.submitted_at = None
    payout.save()
    cancel(PAYOUT_RETRY, payout.public_id)
    post(sent_plan(payout))
    record(requested(payout), by=by, move=move)


@step
def hold_payout(payout: Payout, held: Held, *, by: Actor) -> None:
    move = PAYOUT.fire(payout, "hold")
    payout.hold, payout.held_until = held.reason, held.until
    payout.save(update_fields=["state", "hold", "held_until"])
    if held.until is None:
        cancel(PAYOUT_LET_GO, payout.public_id)
    else:
        schedule(PAYOUT_LET_GO, payout.public_id, due_at=held.until)
    until = held.until.isoformat() if held.until else ""
    record(PayoutHeld(aggregate=payout.public_id, hold=held.reason, until=until), by=by, move=move)


@step
def let_payout_go(payout: Payout, *, by: Actor) -> None:
    move = PAYOUT.fire(payout, "let_go")
    payout.hold, payout.held_until = "", None
    payout.save(update_fields=["state", "hold", "held_until"])
    cancel(PAYOUT_LET_GO, payout.public_id)
    record(PayoutLetGo(aggregate=payout.public_id), by=by, move=move)


def sent_plan(payout: Payout) -> Plan:
    """Out of the payee's account at the provider; on its way from the moment that it is decided."""
    return plans.payout_sent(
        payout=payout.reference, connected=connected_of(payout), in_transit=in_transit_of(payout), money=payout.money
    )


def requested(payout: Payout) -> PayoutRequested:
    return PayoutRequested(
        aggregate=payout.public_id,
        amount_minor=payout.amount_minor,
        currency=payout.currency,
        attempt=payout.tries,
    )


def connected_of(payout: Payout) -> chart.AccountRef:
    return chart.connected(payout.party.public_id, payout.party_id)


def in_transit_of(payout: Payout) -> chart.AccountRef:
    return chart.in_transit(payout.public_id, payout.party_id)


def total_of(transfers: Iterable[Transfer], currency: str) -> Money:
    return Money(sum(transfer.amount_minor for transfer in transfers), currency)
