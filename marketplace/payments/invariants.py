"""What must always be true between payments and the ledger."""

from collections.abc import Iterator

from marketplace.core.invariants import invariant
from marketplace.ledger.invariants import rows


@invariant
def what_is_in_clearing_is_what_is_on_its_way_back() -> Iterator[str]:
    """Refunds to payers, and transfers from payees."""
    for provider, currency, balance, moving in rows("""
        SELECT substr(account.code, 10), account.currency, balance.amount_minor, coalesce(sum(moving.amount_minor), 0)
        FROM ledger_account AS account
        JOIN ledger_balance AS balance ON balance.account_id = account.id
        LEFT JOIN (
            SELECT provider, currency, amount_minor FROM payments_refund WHERE state IN ('submitting', 'sent')
            UNION ALL
            SELECT provider, currency, amount_minor FROM payments_transferreversal WHERE state = 'submitting'
        ) AS moving ON moving.provider = substr(account.code, 10) AND moving.currency = account.currency
        WHERE account.kind = 'clearing'
        GROUP BY account.id, balance.amount_minor
        HAVING balance.amount_minor <> coalesce(sum(moving.amount_minor), 0)
    """):
        yield f"clearing:{provider} {currency} holds {balance}, on their way back are {moving}"


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


@invariant
def what_a_party_owes_is_its_debts_less_what_was_settled() -> Iterator[str]:
    for party, currency, balance, owed in rows("""
        WITH debts AS (
            SELECT debt.party_id, debt.currency, sum(debt.amount_minor - coalesce(settled.amount, 0)) AS amount
            FROM payments_debt AS debt
            LEFT JOIN (SELECT debt_id, sum(amount_minor) AS amount FROM payments_debtsettlement GROUP BY debt_id)
                AS settled ON settled.debt_id = debt.id
            GROUP BY debt.party_id, debt.currency
        ), booked AS (
            SELECT account.party_id, account.currency, -balance.amount_minor AS amount
            FROM ledger_account AS account JOIN ledger_balance AS balance ON balance.account_id = account.id
            WHERE account.kind = 'receivable' AND account.party_id IS NOT NULL
        )
        SELECT party_id, currency, coalesce(booked.amount, 0), coalesce(debts.amount, 0)
        FROM booked FULL JOIN debts USING (party_id, currency)
        WHERE coalesce(booked.amount, 0) <> coalesce(debts.amount, 0)
    """):
        yield f"party {party} owes {currency} {balance} by the ledger, {owed} by its debts"


@invariant
def no_debt_is_settled_beyond_itself() -> Iterator[str]:
    for debt, amount, settled in rows("""
        SELECT debt.public_id, debt.amount_minor, sum(settlement.amount_minor)
        FROM payments_debt AS debt JOIN payments_debtsettlement AS settlement ON settlement.debt_id = debt.id
        GROUP BY debt.id HAVING sum(settlement.amount_minor) NOT BETWEEN 0 AND debt.amount_minor
    """):
        yield f"{debt} of {amount} is settled by {settled}"


@invariant
def what_a_chargeback_took_is_the_sum_of_its_parts() -> Iterator[str]:
    """And what the ledger says left us by it."""
    for chargeback, taken, parts, booked in rows("""
        SELECT chargeback.public_id, chargeback.taken_minor, coalesce(parts.amount, 0), coalesce(booked.amount, 0)
        FROM payments_chargeback AS chargeback
        LEFT JOIN (SELECT chargeback_id, sum(amount_minor) AS amount FROM payments_chargebackpart
                   WHERE back_at IS NULL GROUP BY chargeback_id) AS parts ON parts.chargeback_id = chargeback.id
        LEFT JOIN (SELECT journal.reference, sum(line.amount_minor) AS amount
                   FROM ledger_journal AS journal JOIN ledger_line AS line ON line.journal_id = journal.id
                   LEFT JOIN ledger_journal AS reversal ON reversal.reverses_id = journal.id
                   WHERE journal.kind = 'charged_back' AND reversal.id IS NULL
                   GROUP BY journal.reference) AS booked ON booked.reference = chargeback.public_id
        WHERE chargeback.taken_minor <> coalesce(parts.amount, 0)
           OR chargeback.taken_minor <> coalesce(booked.amount, 0)
    """):
        yield f"{chargeback} took {taken}, its parts are {parts}, the ledger says {booked}"
