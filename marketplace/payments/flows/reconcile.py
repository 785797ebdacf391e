"""Reads a provider's statement page by page and has it compared with our ledger. Cut off anywhere, it goes on from the
last page that was kept; two at once read the same, and one of them keeps it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from marketplace.payments.flows.refresh import resolve_unknown
from marketplace.payments.flows.submit import SYSTEM
from marketplace.payments.gateways import provider, with_statement
from marketplace.payments.machine import ReconciliationState
from marketplace.payments.models import ReconciliationRun
from marketplace.payments.selectors.reconciliation import get_run, payees_at
from marketplace.payments.services.reconciliation import ask_reconciliation, judge, keep_page
from marketplace.payments.statement import ClosingBalance, StatementLine

PAGE = 500


def ask_for_all(*, whole: bool) -> list[ReconciliationRun]:
    """The clock's part: a run for each provider; the outbox takes them further."""
    return [ask_reconciliation(actor=SYSTEM, provider=name, whole=whole) for name in with_statement()]


def reconcile(public_id: str) -> ReconciliationRun:
    """Whatever has no known outcome is asked about first. Raises ProviderError: the outbox tries again."""
    run = get_run(public_id)
    if run.state != ReconciliationState.READING:
        return run
    resolve_unknown()
    while not _read(run):
        run.refresh_from_db()
        if run.state != ReconciliationState.READING:
            return run
    return judge(actor=SYSTEM, public_id=public_id)


def _read(run: ReconciliationRun) -> bool:
    """To the statement's end; False when somebody else got further meanwhile."""
    cursor: str | None = run.cursor_to
    for page in pages(provider(run.provider).statement(run.cursor_to, payees_at(run.provider))):
        cursor = keep_page(actor=SYSTEM, public_id=run.public_id, after=cursor, page=page)
        if cursor is None:
            return False
    return True


def pages(lines: Iterable[StatementLine | ClosingBalance]) -> Iterator[list[StatementLine | ClosingBalance]]:
    rest = iter(lines)
    while page := list(islice(rest, PAGE)):
        yield page
