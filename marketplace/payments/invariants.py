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


@invariant
def what_is_owed_to_a_payee_is_what_waits_to_be_transferred() -> Iterator[str]:
    for code, currency, balance, waiting in rows("""
        SELECT account.code, account.currency, balance.amount_minor, coalesce(sum(transfer.amount_minor), 0)
        FROM ledger_account AS account
        JOIN ledger_balance AS balance ON balance.account_id = account.id
        LEFT JOIN payments_transfer AS transfer
            ON transfer.party_id = account.party_id AND transfer.currency = account.currency
            AND transfer.state NOT IN ('done', 'reversed')
        WHERE account.kind = 'payable'
            AND EXISTS (SELECT 1 FROM payments_transfer AS any_one WHERE any_one.party_id = account.party_id)
        GROUP BY account.id, balance.amount_minor
        HAVING balance.amount_minor <> coalesce(sum(transfer.amount_minor), 0)
    """):
        yield f"{code} {currency} holds {balance}, transfers that wait are {waiting}"


@invariant
def what_a_payee_has_at_the_provider_is_what_was_transferred_and_not_paid_out() -> Iterator[str]:
    for code, currency, balance in rows("""
        SELECT account.code, account.currency, balance.amount_minor
        FROM ledger_account AS account
        JOIN ledger_balance AS balance ON balance.account_id = account.id
        WHERE account.kind = 'connected'
            AND EXISTS (SELECT 1 FROM payments_transfer AS any_one WHERE any_one.party_id = account.party_id)
            AND balance.amount_minor <>
                (SELECT coalesce(sum(amount_minor), 0) FROM payments_transfer
                 WHERE party_id = account.party_id AND currency = account.currency AND state = 'done')
                - (SELECT coalesce(sum(amount_minor), 0) FROM payments_payout
                   WHERE party_id = account.party_id AND currency = account.currency
                   AND state NOT IN ('failed', 'returned'))
    """):
        yield f"{code} {currency} holds {balance}, transfers and payouts say otherwise"


@invariant
def what_is_in_transit_is_the_payout_that_is_on_its_way() -> Iterator[str]:
    for payout, state, amount, balance in rows("""
        SELECT payout.public_id, payout.state, payout.amount_minor, coalesce(balance.amount_minor, 0)
        FROM payments_payout AS payout
        LEFT JOIN ledger_account AS account
            ON account.code = 'in_transit:' || payout.public_id AND account.currency = payout.currency
        LEFT JOIN ledger_balance AS balance ON balance.account_id = account.id
        WHERE coalesce(balance.amount_minor, 0) <> CASE
            WHEN payout.state IN ('paid', 'failed', 'returned') THEN 0 ELSE payout.amount_minor END
    """):
        yield f"{payout} is {state} with {amount}, {balance} are in transit"


@invariant
def a_payout_is_the_sum_of_its_transfers() -> Iterator[str]:
    for payout, amount, parts in rows("""
        SELECT payout.public_id, payout.amount_minor, coalesce(sum(transfer.amount_minor), 0)
        FROM payments_payout AS payout LEFT JOIN payments_transfer AS transfer ON transfer.payout_id = payout.id
        GROUP BY payout.id HAVING payout.amount_minor <> coalesce(sum(transfer.amount_minor), 0)
    """):
        yield f"{payout} is {amount}, its transfers are {parts}"
