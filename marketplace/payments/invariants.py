"""What must always be true between payments and the ledger."""

from collections.abc import Iterator

from marketplace.core.invariants import invariant
from marketplace.ledger.invariants import rows


@invariant
def what_is_in_clearing_is_what_is_on_its_way_back() -> Iterator[str]:
    for provider, currency, balance, refunds in rows("""
        SELECT substr(account.code, 10), account.currency, balance.amount_minor, coalesce(sum(refund.amount_minor), 0)
        FROM ledger_account AS account
        JOIN ledger_balance AS balance ON balance.account_id = account.id
        LEFT JOIN payments_refund AS refund
            ON refund.provider = substr(account.code, 10) AND refund.currency = account.currency
            AND refund.state IN ('submitting', 'sent')
        WHERE account.kind = 'clearing'
        GROUP BY account.id, balance.amount_minor
        HAVING balance.amount_minor <> coalesce(sum(refund.amount_minor), 0)
    """):
        yield f"clearing:{provider} {currency} holds {balance}, refunds on their way are {refunds}"


@invariant
def every_paid_funding_is_one_lot() -> Iterator[str]:
    for funding, lots in rows("""
        SELECT funding.public_id, count(lot.id)
        FROM payments_funding AS funding
        LEFT JOIN ledger_fundinglot AS lot
            ON lot.provider = funding.provider AND lot.charge = funding.charge AND lot.parent_id IS NULL
            AND lot.amount_minor = funding.amount_minor AND lot.currency = funding.currency
        WHERE funding.state = 'paid'
        GROUP BY funding.id HAVING count(lot.id) <> 1
    """):
        yield f"{funding} is paid and has {lots} lots"
