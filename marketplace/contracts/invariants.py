"""What must always be true between contracts and the ledger."""

from collections.abc import Iterator

from marketplace.core.invariants import invariant
from marketplace.ledger.invariants import rows


@invariant
def protected_funds_are_what_the_contract_still_owes() -> Iterator[str]:
    """Paid in, less what was released and given back, and what the payer's bank holds; what a bank sent back waits
    there until it is sent again."""
    for contract, balance, expected in rows("""
        SELECT contract.public_id, coalesce(balance.amount_minor, 0), owed.amount
        FROM contracts_contract AS contract
        LEFT JOIN ledger_account AS account
            ON account.code = 'protected:' || contract.public_id AND account.currency = contract.currency
        LEFT JOIN ledger_balance AS balance ON balance.account_id = account.id
        CROSS JOIN LATERAL (
            SELECT (contract.canonical -> 'waterfall' ->> 'pays_minor')::bigint
                + coalesce((SELECT count(*) * (contract.canonical -> 'extra_round' ->> 'pays_minor')::bigint
                            FROM contracts_extraround AS round
                            JOIN contracts_deliverable AS work ON work.id = round.deliverable_id
                            WHERE work.contract_id = contract.id AND round.paid_at IS NOT NULL), 0)
                + coalesce((SELECT sum((difference ->> 'pays_minor')::bigint) FROM contracts_amendment
                            WHERE contract_id = contract.id AND funded_by <> ''), 0)
                - coalesce((SELECT sum(gross_minor + platform_fee_minor + vat_minor) FROM contracts_release
                            WHERE contract_id = contract.id), 0)
                - coalesce((SELECT sum(gross_minor + platform_fee_minor + vat_minor) FROM contracts_return
                            WHERE contract_id = contract.id), 0)
                + coalesce((SELECT sum(refund.amount_minor) FROM payments_refund AS refund
                            JOIN ledger_fundinglot AS lot ON lot.id = refund.lot_id
                            WHERE lot.held_in_id = account.id AND refund.state = 'returned'
                              AND NOT EXISTS (SELECT FROM payments_refund AS again
                                              WHERE again.again_of_id = refund.id)), 0)
                - coalesce((SELECT sum(part.amount_minor) FROM payments_chargebackpart AS part
                            WHERE part.place = 'protected' AND part.contract = contract.public_id
                              AND part.back_at IS NULL AND part.ended_at IS NULL), 0) AS amount
        ) AS owed
        -- a second payment stands there between its arrival and its way back; one that came back is counted above
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(lot.remaining_minor - coalesce((
                SELECT sum(refund.amount_minor) FROM payments_refund AS refund
                WHERE refund.lot_id = lot.id AND refund.state = 'returned'
                  AND NOT EXISTS (SELECT FROM payments_refund AS again WHERE again.again_of_id = refund.id)
            ), 0) + coalesce((
                SELECT sum(part.amount_minor) FROM payments_chargebackpart AS part
                WHERE part.lot_id = lot.id AND part.back_at IS NULL AND part.ended_at IS NULL
            ), 0)), 0) AS amount
            FROM ledger_fundinglot AS lot
            JOIN payments_funding AS funding ON funding.charge = lot.charge AND funding.provider = lot.provider
            WHERE lot.held_in_id = account.id AND funding.contract = contract.public_id
              AND funding.public_id <> contract.funded_by
              AND NOT EXISTS (SELECT FROM contracts_extraround AS round WHERE round.funded_by = funding.public_id)
              AND NOT EXISTS (SELECT FROM contracts_amendment AS amendment
                              WHERE amendment.funded_by = funding.public_id)
        ) AS passing
        WHERE contract.funded_at IS NOT NULL
          AND coalesce(balance.amount_minor, 0) <> owed.amount + passing.amount
    """):
        yield f"{contract} protects {balance}, it owes {expected}"


@invariant
def releases_and_returns_stay_within_the_fee() -> Iterator[str]:
    for contract, settled, gross in rows("""
        SELECT contract.public_id, settled.amount, contract.gross_minor
        FROM contracts_contract AS contract
        CROSS JOIN LATERAL (
            SELECT coalesce((SELECT sum(gross_minor) FROM contracts_release
                             WHERE contract_id = contract.id AND extra_round_id IS NULL), 0)
                + coalesce((SELECT sum(gross_minor) FROM contracts_return
                            WHERE contract_id = contract.id AND extra_round_id IS NULL AND why <> 'amended'), 0)
                AS amount
        ) AS settled
        WHERE settled.amount > contract.gross_minor
           OR (contract.state IN ('completed', 'cancelled') AND contract.funded_at IS NOT NULL
               AND settled.amount <> contract.gross_minor)
    """):
        yield f"{contract} has settled {settled} of {gross}"


@invariant
def a_further_round_is_settled_when_it_is_over_and_not_before() -> Iterator[str]:
    """Its price is released or given back once its work is done or ended; its lots carry it, whole, until then."""
    for public_id, state, settled, gross, held in rows("""
        SELECT round.public_id, round.state, settled.amount, price.gross, held.amount
        FROM contracts_extraround AS round
        JOIN contracts_deliverable AS work ON work.id = round.deliverable_id
        JOIN contracts_contract AS contract ON contract.id = work.contract_id
        CROSS JOIN LATERAL (
            SELECT (contract.canonical -> 'extra_round' ->> 'gross_minor')::bigint AS gross,
                   (contract.canonical -> 'extra_round' ->> 'pays_minor')::bigint AS pays
        ) AS price
        CROSS JOIN LATERAL (
            SELECT coalesce((SELECT sum(gross_minor) FROM contracts_release WHERE extra_round_id = round.id), 0)
                + coalesce((SELECT sum(gross_minor) FROM contracts_return WHERE extra_round_id = round.id), 0) AS amount
        ) AS settled
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(lot.remaining_minor + coalesce((
                SELECT sum(part.amount_minor) FROM payments_chargebackpart AS part
                WHERE part.lot_id = lot.id AND part.back_at IS NULL AND part.ended_at IS NULL), 0)), 0) AS amount
            FROM ledger_fundinglot AS lot WHERE lot.public_id = ANY (round.lots)
        ) AS held
        WHERE settled.amount <> CASE round.state WHEN 'settled' THEN price.gross ELSE 0 END
           OR (round.state IN ('paid', 'used')
               AND (held.amount <> price.pays OR contract.state IN ('completed', 'cancelled', 'lapsed')
                    OR work.state IN ('verified', 'void')))
    """):
        yield f"{public_id} is {state}: {settled} of {gross} settled, {held} in its lots"


@invariant
def every_release_is_its_transfers() -> Iterator[str]:
    """And what settled debts of its payees."""
    for release, owed, sent in rows("""
        SELECT release.public_id, release.agency_minor + release.anchor_minor, sent.amount
        FROM contracts_release AS release
        CROSS JOIN LATERAL (
            SELECT coalesce((SELECT sum(transfer.amount_minor) FROM payments_transfer AS transfer
                             WHERE transfer.release = release.public_id), 0)
                + coalesce((SELECT sum(settled.amount_minor) FROM payments_debtsettlement AS settled
                            WHERE settled.release = release.public_id), 0) AS amount
        ) AS sent
        WHERE release.agency_minor + release.anchor_minor <> sent.amount
    """):
        yield f"{release} owes payees {owed}, its transfers carry {sent}"
