"""When the bank's worker has done what fell due: so that an example is the same however quick the worker is."""

import time

from tests.support.bank import Bank

DUE = """
WITH moment AS (SELECT now() + make_interval(secs => coalesce((SELECT seconds FROM standin_clockoffset), 0)) AS at)
SELECT (SELECT count(*) FROM standin_checkout, moment WHERE status = 'processing' AND settles_at <= at)
    + (SELECT count(*) FROM standin_checkout, moment WHERE status = 'open' AND expires_at <= at)
    + (SELECT count(*) FROM standin_refund, moment WHERE status = 'pending' AND settles_at <= at)
    + (SELECT count(*) FROM standin_payout, moment WHERE status = 'in_transit' AND arrives_at <= at)
    + (SELECT count(*) FROM standin_cardintent, moment WHERE status = 'processing' AND settles_at <= at)
    + (SELECT count(*) FROM standin_cardsession, moment WHERE status = 'open' AND expires_at <= at)
    + (SELECT count(*) FROM standin_cardrefund, moment WHERE status = 'pending' AND settles_at <= at)
    + (SELECT count(*) FROM standin_connectedpayout, moment WHERE status = 'in_transit' AND arrives_at <= at)
    + (SELECT count(*) FROM standin_carddispute, moment WHERE status = 'needs_response' AND due_by <= at)
"""
PATIENCE_SECONDS = 10.0


def wait_until_swept(bank: Bank) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    with bank.connect() as books:
        while books.execute(DUE).fetchone()[0]:
            assert time.monotonic() < deadline, "the bank does not do what fell due"
            time.sleep(0.01)
