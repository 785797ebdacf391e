"""A provider's statement beside our ledger, item by item, in one statement of the database: however many lines there
are, only what differs comes here.

An item is a kind and a reference: what we called it at the provider, of a chargeback what it is called there. Ours
come from journals that no reversal corrected. Of chargebacks and fees what counts is the sum: a provider may take and
give back in more lines than we heard of.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection

from marketplace.core.money import Money

CHUNK = 500

# What was refused at once left our books and came back, and the provider has never seen it (`nothing_there`).
# A moment ago, or in a state that is not final, is no difference yet (`excused`). What was booked long before it got
# there (a payout that was held, a call whose answer was lost) moved when its own history says so.
BOOKS = """
WITH ours_one AS (
    SELECT CASE journal.kind
            WHEN 'refund_started' THEN 'refund' WHEN 'refund_returned' THEN 'refund_returned'
            WHEN 'return_started' THEN 'refund' WHEN 'return_failed' THEN 'refund_returned'
            WHEN 'transferred' THEN 'transfer' WHEN 'payout_sent' THEN 'payout'
            WHEN 'payout_returned' THEN 'payout_returned' WHEN 'taking_back' THEN 'transfer_reversed'
            WHEN 'charged_back' THEN 'chargeback' WHEN 'chargeback_fee' THEN 'fee' WHEN 'provider_fee' THEN 'fee'
            ELSE 'charge' END AS kind,
        coalesce(chargeback.provider_chargeback, journal.reference) AS reference, line.currency, journal.posted_at,
        CASE WHEN journal.kind IN ('refund_started', 'return_started', 'transferred', 'payout_sent', 'charged_back')
            OR source.kind = 'fees' THEN -1 ELSE 1 END * line.amount_minor AS amount,
        CASE WHEN journal.kind IN ('top_up', 'contract_funded', 'unmatched', 'return_started', 'return_failed')
            THEN split_part(journal.idempotency_key, ':', 2) END AS provider
    FROM ledger_journal AS journal JOIN ledger_line AS line ON line.journal_id = journal.id
    JOIN ledger_account AS source ON source.id = line.source_id
    LEFT JOIN payments_chargeback AS chargeback ON journal.kind IN ('charged_back', 'chargeback_fee')
        AND chargeback.public_id = split_part(journal.reference, '.', 1)
    WHERE journal.kind IN ('top_up', 'contract_funded', 'unmatched', 'refund_started', 'refund_returned',
            'transferred', 'payout_sent', 'payout_returned', 'taking_back', 'charged_back', 'chargeback_fee',
            'provider_fee', 'return_started', 'return_failed')
        AND NOT EXISTS (SELECT 1 FROM ledger_journal AS reversal WHERE reversal.reverses_id = journal.id)
), subjects AS (
    SELECT public_id AS reference, provider, state IN ('submitting', 'awaiting_payer') AS pending,
        NULL::bigint AS party_id FROM payments_funding
    UNION ALL SELECT public_id, provider, state = 'submitting', NULL FROM payments_refund
    UNION ALL SELECT public_id, provider, state = 'submitting', party_id FROM payments_transfer
    UNION ALL SELECT public_id, provider, state = 'submitting', party_id FROM payments_transferreversal
    UNION ALL SELECT provider_chargeback, provider, false, NULL FROM payments_chargeback
    UNION ALL SELECT public_id || CASE WHEN try = 1 THEN '' ELSE '.' || try END, provider,
        try = tries AND state IN ('pending', 'on_hold', 'submitting'), party_id
        FROM payments_payout, generate_series(1, tries) AS try
), every_one AS (
    SELECT ours_one.kind, ours_one.reference,
        CASE WHEN ours_one.kind IN ('chargeback', 'fee') THEN 1 ELSE count(*) END AS n, sum(amount) AS amount,
        min(currency) AS currency, max(posted_at) AS posted_at
    FROM ours_one LEFT JOIN subjects ON subjects.reference = ours_one.reference
    WHERE coalesce(ours_one.provider, subjects.provider) = %(provider)s
    GROUP BY ours_one.kind, ours_one.reference
    HAVING ours_one.kind NOT IN ('chargeback', 'fee') OR sum(amount) <> 0
), theirs AS (
    SELECT kind, reference, CASE WHEN kind IN ('chargeback', 'fee') THEN 1 ELSE count(*) END AS n,
        sum(amount_minor) AS amount, min(currency) AS currency, min(subject) AS subject,
        max(payee) AS payee, max(posted_at) AS posted_at
    FROM payments_statementlinerow WHERE provider = %(provider)s AND NOT gone
    GROUP BY kind, reference
    -- A charge that was booked for another payment meanwhile stands under that one's reference.
    HAVING kind NOT IN ('charge', 'chargeback', 'fee') OR sum(amount_minor) <> 0
), nothing_there AS (
    SELECT reference FROM every_one WHERE kind <> 'fee' GROUP BY reference
    HAVING count(*) = 2 AND sum(amount) = 0
        AND NOT EXISTS (SELECT 1 FROM theirs WHERE theirs.reference = every_one.reference)
), ours AS (
    SELECT every_one.* FROM every_one LEFT JOIN nothing_there USING (reference) WHERE nothing_there.reference IS NULL
), items AS (
    SELECT coalesce(ours.kind, theirs.kind) AS kind, coalesce(ours.reference, theirs.reference) AS reference,
        ours.n AS here_n, ours.amount AS here, ours.currency AS here_currency,
        theirs.n AS there_n, theirs.amount AS there, theirs.currency AS there_currency,
        coalesce(theirs.subject, '') AS subject,
        coalesce(nullif(theirs.payee, ''), account.provider_payee, '') AS payee,
        subjects.reference IS NOT NULL AS known,
        (ours.n, ours.amount, ours.currency) IS DISTINCT FROM (theirs.n, theirs.amount, theirs.currency) AS differs,
        coalesce(subjects.pending, false) OR greatest(ours.posted_at, theirs.posted_at) > %(until)s
            OR (ours.n IS DISTINCT FROM theirs.n AND EXISTS (SELECT 1 FROM core_event AS event
                WHERE event.aggregate = split_part(subjects.reference, '.', 1) AND event.at > %(until)s)) AS excused
    FROM ours FULL JOIN theirs ON theirs.kind = ours.kind AND theirs.reference = ours.reference
    LEFT JOIN subjects
        ON subjects.reference = coalesce(ours.reference, theirs.reference) AND subjects.provider = %(provider)s
    LEFT JOIN payments_payoutaccount AS account
        ON account.party_id = subjects.party_id AND account.provider = %(provider)s
)
"""

DIFFERING = """
SELECT CASE
        WHEN here_n IS NULL THEN CASE WHEN known THEN 'missing_here' ELSE 'foreign' END
        WHEN there_n IS NULL THEN 'missing_there'
        WHEN there_n > here_n THEN 'twice_there'
        WHEN here_n > there_n THEN 'twice_here'
        WHEN here_currency <> there_currency THEN 'currency'
        ELSE 'amount' END,
    kind, reference, subject, payee, here, here_currency, there, there_currency
FROM items WHERE differs AND NOT excused
"""

# The platform's account: it agrees when what stands there is what the lines or our books say; what an item explains has
# been said by the item.
PLATFORM_TOTALS = """
, lines AS (
    SELECT there_currency AS currency, sum(there) AS amount FROM items
    WHERE kind NOT IN ('payout', 'payout_returned') AND there IS NOT NULL GROUP BY there_currency
), booked AS (
    SELECT currency, sum(amount) AS amount FROM (
        SELECT CASE WHEN excused AND differs THEN there_currency ELSE here_currency END AS currency,
            CASE WHEN excused AND differs THEN there ELSE here END AS amount
        FROM items WHERE kind NOT IN ('payout', 'payout_returned')
    ) AS each WHERE currency IS NOT NULL GROUP BY currency
)
SELECT 'total', 'balance', '', '', '', coalesce(booked.amount, 0), balance.currency, balance.amount_minor,
    balance.currency
FROM payments_statementbalance AS balance
LEFT JOIN lines ON lines.currency = balance.currency LEFT JOIN booked ON booked.currency = balance.currency
WHERE balance.provider = %(provider)s AND balance.payee = ''
    AND balance.amount_minor <> coalesce(lines.amount, 0) AND balance.amount_minor <> coalesce(booked.amount, 0)
"""

# A payee's account: what was transferred and not yet asked to go to her bank, unless something of hers moves just now.
PAYEE_TOTALS = """
, here AS (
    SELECT account.provider_payee AS payee, place.currency, balance.amount_minor + coalesce((
            SELECT sum(payout.amount_minor) FROM payments_payout AS payout
            WHERE payout.party_id = account.party_id AND payout.currency = place.currency
                AND payout.provider = account.provider AND payout.state IN ('pending', 'on_hold')), 0) AS amount
    FROM payments_payoutaccount AS account
    JOIN ledger_account AS place ON place.kind = 'connected' AND place.party_id = account.party_id
    JOIN ledger_balance AS balance ON balance.account_id = place.id
    WHERE account.provider = %(provider)s AND account.provider_payee <> '' AND EXISTS (
        SELECT 1 FROM payments_transfer AS transfer
        WHERE transfer.party_id = account.party_id AND transfer.currency = place.currency
            AND transfer.provider = account.provider)
), there AS (
    SELECT payee, currency, amount_minor AS amount FROM payments_statementbalance
    WHERE provider = %(provider)s AND payee <> '' AND read_in_id = %(run)s
)
SELECT 'total', 'balance', '', '', payee, coalesce(here.amount, 0), currency, coalesce(there.amount, 0), currency
FROM here FULL JOIN there USING (payee, currency)
WHERE coalesce(here.amount, 0) <> coalesce(there.amount, 0)
    AND NOT EXISTS (SELECT 1 FROM items WHERE items.payee = coalesce(here.payee, there.payee) AND differs)
    AND NOT EXISTS (
        SELECT 1 FROM payments_payoutaccount AS account
        JOIN payments_transfer AS moving ON moving.party_id = account.party_id
        WHERE account.provider_payee = coalesce(here.payee, there.payee)
            AND (moving.state = 'submitting' OR moving.closed_at > %(until)s))
    AND NOT EXISTS (
        SELECT 1 FROM payments_payoutaccount AS account
        JOIN payments_transferreversal AS moving ON moving.party_id = account.party_id
        WHERE account.provider_payee = coalesce(here.payee, there.payee)
            AND (moving.state = 'submitting' OR moving.closed_at > %(until)s))
    AND NOT EXISTS (
        SELECT 1 FROM payments_payout AS moving
        WHERE moving.payee = coalesce(here.payee, there.payee)
            AND (moving.state = 'submitting' OR greatest(moving.submitted_at, moving.closed_at) > %(until)s))
    AND NOT EXISTS (
        SELECT 1 FROM payments_statementlinerow AS line
        WHERE line.provider = %(provider)s AND line.payee = coalesce(here.payee, there.payee)
            AND line.posted_at > %(until)s)
"""

SUMS = """
SELECT kind, coalesce(here_currency, there_currency) AS currency, coalesce(sum(here_n), 0), coalesce(sum(here), 0),
    coalesce(sum(there_n), 0), coalesce(sum(there), 0)
FROM items GROUP BY 1, 2 ORDER BY 2, 1
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one comparison finds to differ; amounts are signed minor units, None where a side has nothing."""

    cause: str
    kind: str
    reference: str
    subject: str
    payee: str
    here_minor: int | None
    here_currency: str
    there_minor: int | None
    there_currency: str

    @property
    def fingerprint(self) -> str:
        """The same for the same difference, whichever run finds it."""
        return sha256("\x1f".join(str(value) for value in asdict(self).values()).encode()).hexdigest()


def findings(*, provider: str, run_id: int, until: datetime) -> Iterator[list[Finding]]:
    """Everything that differs and moved last before `until`, a chunk in memory at a time. Needs a transaction."""
    given = {"provider": provider, "run": run_id, "until": until}
    for question in (DIFFERING, PLATFORM_TOTALS, PAYEE_TOTALS):
        with connection.chunked_cursor() as cursor:
            cursor.execute(BOOKS + question, given)
            while rows := cursor.fetchmany(CHUNK):
                yield [_finding(row) for row in rows]


def sums(*, provider: str, until: datetime) -> list[dict[str, object]]:
    """Both sides' counts and sums, by kind and currency."""
    with connection.cursor() as cursor:
        cursor.execute(BOOKS + SUMS, {"provider": provider, "until": until})
        return [
            {
                "kind": kind,
                "currency": currency,
                "here": int(here_n),
                "here_minor": int(here),
                "there": int(there_n),
                "there_minor": int(there),
            }
            for kind, currency, here_n, here, there_n, there in cursor.fetchall()
        ]


def _finding(row: tuple) -> Finding:
    cause, kind, reference, subject, payee, here, here_currency, there, there_currency = row
    return Finding(
        cause=cause,
        kind=kind,
        reference=reference,
        subject=subject,
        payee=payee,
        here_minor=None if here is None else int(here),
        here_currency=here_currency or "",
        there_minor=None if there is None else int(there),
        there_currency=there_currency or "",
    )


@dataclass(frozen=True, slots=True)
class SumOfBoth:
    """A row of the page of totals."""

    kind: str
    here_count: int
    here: Money
    there_count: int
    there: Money

    @property
    def agrees(self) -> bool:
        return self.here_count == self.there_count and self.here == self.there
