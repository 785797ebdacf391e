"""What must always be true of V tasks and their seats."""

from collections.abc import Iterator

from marketplace.core.invariants import invariant
from marketplace.ledger.invariants import rows


@invariant
def every_taken_seat_has_an_accepted_candidate() -> Iterator[str]:
    for task, taken, accepted in rows("""
        SELECT task.public_id, task.seats_taken, count(application.id)
        FROM campaigns_vtask AS task
        LEFT JOIN campaigns_application AS application
            ON application.task_id = task.id AND application.state = 'accepted'
        GROUP BY task.id HAVING task.seats_taken <> count(application.id)
    """):
        yield f"{task} counts {taken} seats taken, {accepted} candidates were accepted"


@invariant
def a_negotiation_has_one_offer_on_the_table_and_nothing_else_has_any() -> Iterator[str]:
    for application, state, count in rows("""
        SELECT application.public_id, application.state, count(offer.id)
        FROM campaigns_application AS application
        LEFT JOIN campaigns_offer AS offer ON offer.application_id = application.id AND offer.state = 'open'
        GROUP BY application.id
        HAVING count(offer.id) <> CASE WHEN application.state IN ('offered', 'countered') THEN 1 ELSE 0 END
    """):
        yield f"{application} is {state} with {count} open offers"


@invariant
def a_reserved_budget_is_what_the_ledger_holds() -> Iterator[str]:
    for task, reserved, held in rows("""
        SELECT task.public_id, task.reserved_minor, coalesce(balance.amount_minor, 0)
        FROM campaigns_vtask AS task
        LEFT JOIN ledger_account AS account
            ON account.code = 'reserved:' || task.public_id AND account.currency = task.currency
        LEFT JOIN ledger_balance AS balance ON balance.account_id = account.id
        WHERE task.reserved_minor <> coalesce(balance.amount_minor, 0)
            AND NOT EXISTS (
                SELECT 1 FROM core_event AS event JOIN core_delivery AS delivery ON delivery.event_id = event.id
                WHERE event.name = 'reserve.lapsed' AND event.aggregate = task.public_id AND delivery.state <> 'done'
            )
    """):
        yield f"{task} says {reserved} are reserved, the ledger holds {held}"
