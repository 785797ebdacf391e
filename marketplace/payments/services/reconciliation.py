"""A comparison of a provider's books with ours: asked for, read page by page, judged; and what people say of what
differs. Each function is one step; a run that is broken off between two of them goes on with the next."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from django.db import IntegrityError, transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition, NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.payments.errors import ExplanationNeeded
from marketplace.payments.events import (
    DifferenceExplained,
    DifferenceResolved,
    DifferenceTaken,
    ReconciliationAsked,
    ReconciliationFinished,
)
from marketplace.payments.machine import DIFFERENCE, RECONCILIATION, UNRESOLVED, ReconciliationState
from marketplace.payments.models import Difference, ReconciliationRun, StatementBalance, StatementLineRow
from marketplace.payments.policies import RECONCILIATIONS, ReconciliationAction
from marketplace.payments.selectors.both_books import Finding, findings, sums
from marketplace.payments.statement import ClosingBalance, StatementLine

# What happened so short before the run may be on its way between the two: it is compared the next time.
ON_ITS_WAY = timedelta(minutes=15)
READ_AGAIN = ("kind", "subject", "reference", "payee", "amount_minor", "currency", "posted_at", "gone", "read_in")


@use_case
def ask_reconciliation(*, actor: Actor, provider: str, whole: bool = False) -> ReconciliationRun:
    """Start comparing, or go on with the run that is not over: there is one at a time. A `whole` one reads the
    statement from its beginning, and so sees also what has gone from it. Raises Forbidden."""
    RECONCILIATIONS.authorise(actor, ReconciliationAction.ASK)
    last = ReconciliationRun.objects.filter(provider=provider).order_by("-pk").first()
    begin = "" if whole or last is None else last.cursor_to
    try:
        with transaction.atomic():
            run = ReconciliationRun.objects.create(
                provider=provider, whole=begin == "", cursor_from=begin, cursor_to=begin
            )
    except IntegrityError:
        run = ReconciliationRun.objects.get(provider=provider, state=ReconciliationState.READING)
    record(ReconciliationAsked(aggregate=_lock_run(run.public_id).public_id, provider=provider), by=actor)
    return run


@use_case
def keep_page(
    *, actor: Actor, public_id: str, after: str, page: Sequence[StatementLine | ClosingBalance]
) -> str | None:
    """Note what was read behind the cursor `after`; returns where to go on, None when somebody else got further."""
    RECONCILIATIONS.authorise(actor, ReconciliationAction.RECORD)
    run = _lock_run(public_id)
    if run.state != ReconciliationState.READING or run.cursor_to != after:
        return None
    lines = [line for line in page if isinstance(line, StatementLine)]
    StatementLineRow.objects.bulk_create(
        [_row(run, line) for line in lines],
        update_conflicts=True,
        unique_fields=["provider", "line"],
        update_fields=READ_AGAIN,
    )
    StatementBalance.objects.bulk_create(
        _balances(run, page),
        update_conflicts=True,
        unique_fields=["provider", "payee", "currency"],
        update_fields=["amount_minor", "read_in"],
    )
    if cursors := [said.cursor for said in page if said.cursor]:
        run.cursor_to = cursors[-1]
        run.lines_read += len(lines)
        run.save(update_fields=["cursor_to", "lines_read"])
    return run.cursor_to


@use_case
def judge(*, actor: Actor, public_id: str) -> ReconciliationRun:
    """All was read: compare, open what is new, and resolve what is no longer found. Nothing else is changed."""
    RECONCILIATIONS.authorise(actor, ReconciliationAction.RECORD)
    run = _lock_run(public_id)
    if run.state != ReconciliationState.READING:
        return run
    if run.whole:
        StatementLineRow.objects.filter(provider=run.provider, gone=False).exclude(read_in=run).update(gone=True)
    until = run.started_at - ON_ITS_WAY
    for found in findings(provider=run.provider, run_id=run.pk, until=until):
        _note(run, found)
    _resolve_the_others(run, actor)
    run.totals = sums(provider=run.provider, until=until)
    run.finished_at = clock.now()
    move = RECONCILIATION.fire(run, "differ" if run.new_differences or run.known_differences else "agree")
    run.save()
    event = ReconciliationFinished(
        aggregate=public_id,
        provider=run.provider,
        new=run.new_differences,
        known=run.known_differences,
        resolved=run.resolved_differences,
    )
    record(event, by=actor, move=move)
    return run


@use_case
def take_difference(*, actor: Actor, public_id: str) -> Difference:
    """Finance staff: I look into it. Raises IllegalTransition once it is resolved, Forbidden, NotFound."""
    RECONCILIATIONS.authorise(actor, ReconciliationAction.ANSWER)
    difference = _lock_difference(actor, public_id)
    if difference.state not in UNRESOLVED:
        raise IllegalTransition(machine=DIFFERENCE.name, state=difference.state, transition="take")
    if difference.owner_id != actor.user_id:
        difference.owner_id = actor.user_id
        difference.save(update_fields=["owner"])
        record(DifferenceTaken(aggregate=public_id), by=actor)
    return difference


@use_case
def explain_difference(*, actor: Actor, public_id: str, reason: str) -> Difference:
    """Finance staff say in words how it comes about.

    Raises ExplanationNeeded, IllegalTransition, Forbidden, NotFound.
    """
    RECONCILIATIONS.authorise(actor, ReconciliationAction.ANSWER)
    difference = _lock_difference(actor, public_id)
    reason = reason.strip()
    if not reason:
        raise ExplanationNeeded
    move = DIFFERENCE.fire(difference, "explain")
    difference.reason, difference.explained_by_id = reason, actor.user_id
    difference.owner_id = difference.owner_id or actor.user_id
    difference.save(update_fields=["state", "reason", "explained_by", "owner"])
    record(DifferenceExplained(aggregate=public_id, reason=reason), by=actor, move=move)
    return difference


def _note(run: ReconciliationRun, found: list[Finding]) -> None:
    prints = {finding.fingerprint: finding for finding in found}
    unresolved = Difference.objects.filter(provider=run.provider, state__in=UNRESOLVED)
    known = unresolved.filter(fingerprint__in=prints)
    there = set(known.values_list("fingerprint", flat=True))
    known.update(last_in=run)
    Difference.objects.bulk_create(
        Difference(provider=run.provider, fingerprint=fingerprint, found_in=run, last_in=run, **asdict(finding))
        for fingerprint, finding in prints.items()
        if fingerprint not in there
    )
    run.new_differences += len(prints) - len(there)
    run.known_differences += len(there)


def _resolve_the_others(run: ReconciliationRun, actor: Actor) -> None:
    unresolved = Difference.objects.filter(provider=run.provider, state__in=UNRESOLVED).exclude(last_in=run)
    for difference in lock(unresolved, "difference"):
        move = DIFFERENCE.fire(difference, "resolve")
        difference.closed_at = clock.now()
        difference.save(update_fields=["state", "closed_at"])
        record(DifferenceResolved(aggregate=difference.public_id, run=run.public_id), by=actor, move=move)
        run.resolved_differences += 1


def _row(run: ReconciliationRun, line: StatementLine) -> StatementLineRow:
    return StatementLineRow(
        provider=run.provider,
        line=line.line,
        kind=line.kind.value,
        subject=line.subject,
        reference=line.reference,
        payee=line.payee,
        amount_minor=line.money.amount_minor,
        currency=line.money.currency,
        posted_at=line.posted_at,
        read_in=run,
    )


def _balances(run: ReconciliationRun, page: Sequence[StatementLine | ClosingBalance]) -> list[StatementBalance]:
    """The last that the page says of each account."""
    said: dict[tuple[str, str], int] = {}
    for line in page:
        if isinstance(line, ClosingBalance):
            said[line.payee, line.money.currency] = line.money.amount_minor
        elif line.balance_minor is not None:
            said["", line.money.currency] = line.balance_minor
    return [
        StatementBalance(provider=run.provider, payee=payee, currency=currency, amount_minor=amount, read_in=run)
        for (payee, currency), amount in said.items()
    ]


def _lock_run(public_id: str) -> ReconciliationRun:
    found = lock(ReconciliationRun.objects.filter(public_id=public_id), "reconciliation")
    if not found:
        raise NotFound
    return found[0]


def _lock_difference(actor: Actor, public_id: str) -> Difference:
    found = lock(Difference.objects.visible_to(actor).filter(public_id=public_id), "difference")
    if not found:
        raise NotFound
    return found[0]
