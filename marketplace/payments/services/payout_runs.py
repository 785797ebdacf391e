"""A payout run: planned by the clock or by finance staff, looked at by two of them, posted in chunks.

Whoever posts takes members that nobody else has: any number of workers go through one run together, and one that is
broken off is gone on with by the next.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from marketplace.core import clock, locks
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition, NotFound
from marketplace.core.ids import new_id
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import use_case
from marketplace.payments.errors import AlreadyApproved, NothingToPayOut, PayoutsPaused, RunUnderWay
from marketplace.payments.events import (
    PayoutRunApproved,
    PayoutRunApprovedOnce,
    PayoutRunDone,
    PayoutRunHandedOn,
    PayoutRunPlanned,
    PayoutRunStarted,
)
from marketplace.payments.machine import PAYOUT_RUN, RUN_UNDER_WAY, PayoutRunState, TransferState
from marketplace.payments.models import Payout, PayoutAccount, PayoutGuard, PayoutRun, PayoutRunMember, Transfer
from marketplace.payments.payout_rules import SECURITY_WAIT
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.steps.pausing import pause_that_holds, refuse_while_paused
from marketplace.payments.steps.payouts import make_payouts
from marketplace.payments.steps.planning import PAYOUT_RUN_LAPSE, cancel_run, left_out, plan_members

APPROVE_WITHIN = timedelta(hours=72)
Outcome, Reason = PayoutRunMember.Outcome, PayoutRunMember.Reason


@use_case
def plan_payout_run(*, actor: Actor) -> PayoutRun | None:
    """Fix who is paid out: everybody who has enough ready, can be paid and whom nothing holds.

    For the clock: the run under way if there is one, None when there is nothing to do or payouts are paused. A person
    gets RunUnderWay, NothingToPayOut or PayoutsPaused. Raises Forbidden.
    """
    PAYOUTS.authorise(actor, PayoutAction.PLAN)
    try:
        with transaction.atomic():
            return _plan(actor)
    except RunUnderWay:
        if not actor.is_system:
            raise
        return PayoutRun.objects.filter(state__in=RUN_UNDER_WAY).first()
    except (NothingToPayOut, PayoutsPaused):
        if not actor.is_system:
            raise
        return None


@use_case
def approve_payout_run(*, actor: Actor, public_id: str) -> PayoutRun:
    """Finance staff have looked at it. After the second, another person, it goes.

    Raises AlreadyApproved, PayoutsPaused, IllegalTransition, Forbidden, NotFound.
    """
    PAYOUTS.authorise(actor, PayoutAction.APPROVE)
    refuse_while_paused()
    run = _lock_run(public_id)
    if run.state != PayoutRunState.PLANNED:
        raise IllegalTransition(machine=PAYOUT_RUN.name, state=run.state, transition="approve")
    if run.first_by_id == actor.user_id:
        raise AlreadyApproved
    if run.first_by_id is None:
        run.first_by_id = actor.user_id
        run.save(update_fields=["first_by"])
        record(PayoutRunApprovedOnce(aggregate=public_id), by=actor)
        return run
    run.second_by_id = actor.user_id
    _approved(run, actor)
    return run


@use_case
def cancel_payout_run(*, actor: Actor, public_id: str) -> PayoutRun:
    """Finance staff: nothing more of it is posted. What is posted goes on. Raises IllegalTransition, Forbidden,
    NotFound."""
    PAYOUTS.authorise(actor, PayoutAction.STAFF)
    run = _lock_run(public_id)
    cancel_run(run, by=actor)
    return run


@use_case
def start_payout_run(*, actor: Actor, public_id: str) -> bool:
    """Whether there is anything to post now. An approved one starts."""
    PAYOUTS.authorise(actor, PayoutAction.RUN)
    if pause_that_holds():
        return False
    run = _lock_run(public_id)
    if run.state == PayoutRunState.APPROVED:
        move = PAYOUT_RUN.fire(run, "start")
        run.save(update_fields=["state"])
        record(PayoutRunStarted(aggregate=public_id), by=actor, move=move)
    return run.state == PayoutRunState.RUNNING


@use_case
def post_members(*, actor: Actor, public_id: str, chunk: int, hand_on: bool = False) -> int:
    """Post the next members that nobody else is at, or drop them with the reason. Returns how many; nought when there
    are none, or payouts are paused. `hand_on`: another delivery shall go on after this."""
    PAYOUTS.authorise(actor, PayoutAction.RUN)
    if pause_that_holds():
        return 0
    if hand_on:
        _lock_run(public_id)
    members = _take(public_id, chunk)
    if not members:
        return 0
    dropped = _dropped(members)
    going = [member for member in members if member.pk not in dropped]
    made = make_payouts(_planned(going), by=actor)
    _settle(dict(zip([member.pk for member in going], made, strict=True)), dropped)
    if hand_on:
        record(PayoutRunHandedOn(aggregate=public_id), by=actor)
    return len(members)


@use_case
def finish_payout_run(*, actor: Actor, public_id: str) -> PayoutRun:
    """Over when every member is posted or dropped; before that, nothing changes."""
    PAYOUTS.authorise(actor, PayoutAction.RUN)
    run = _lock_run(public_id)
    left = PayoutRunMember.objects.filter(run=run, outcome=Outcome.PLANNED)
    if run.state == PayoutRunState.RUNNING and not left.exists():
        move = PAYOUT_RUN.fire(run, "finish")
        run.closed_at = clock.now()
        run.save(update_fields=["state", "closed_at"])
        record(PayoutRunDone(aggregate=public_id), by=actor, move=move)
    return run


def _plan(actor: Actor) -> PayoutRun:
    refuse_while_paused()
    now = clock.now()
    try:
        with transaction.atomic():
            run = PayoutRun.objects.create(planned_by_id=actor.user_id, expires_at=now + APPROVE_WITHIN)
    except IntegrityError as error:
        raise RunUnderWay from error
    plan_members(run)
    totals = list(run.totals.order_by("provider", "currency"))
    if not totals:
        raise NothingToPayOut
    run.left_out = left_out()
    run.alone = actor.is_system and goes_alone([(total.currency, total.amount_minor) for total in totals])
    run.save(update_fields=["left_out", "alone"])
    sums = [{"provider": one.provider, "minor": one.amount_minor, "currency": one.currency} for one in totals]
    record(PayoutRunPlanned(aggregate=run.public_id, alone=run.alone, totals=sums), by=actor)
    if run.alone:
        _approved(run, actor)
    else:
        schedule(PAYOUT_RUN_LAPSE, run.public_id, due_at=run.expires_at)
    return run


def goes_alone(sums: Sequence[tuple[str, int]]) -> bool:
    """Whether the sum of each currency, over all providers, is at most what needs nobody to look at it."""
    by_currency: Counter[str] = Counter()
    for currency, minor in sums:
        by_currency[currency] += minor
    limits = settings.PAYOUT_RUN_ALONE_MINOR
    return all(minor <= limits.get(currency, 0) for currency, minor in by_currency.items())


def _approved(run: PayoutRun, actor: Actor) -> None:
    move = PAYOUT_RUN.fire(run, "approve")
    run.approved_at = clock.now()
    run.save(update_fields=["state", "second_by", "approved_at"])
    cancel(PAYOUT_RUN_LAPSE, run.public_id)
    record(PayoutRunApproved(aggregate=run.public_id), by=actor, move=move)


def _take(public_id: str, chunk: int) -> list[PayoutRunMember]:
    """The next members that nobody else has taken. The run itself is not locked: many go through it at once."""
    locks.take("payout_member")
    planned = PayoutRunMember.objects.filter(
        run__public_id=public_id, run__state=PayoutRunState.RUNNING, outcome=Outcome.PLANNED
    ).select_related("party")
    return list(planned.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")[:chunk])


def _dropped(members: Sequence[PayoutRunMember]) -> dict[int, Reason]:
    """Which of them may not be paid out any more as they were planned, and why. Locks the transfers of all."""
    parties = {member.party_id for member in members}
    guards = {guard.party_id: guard for guard in PayoutGuard.objects.filter(party__in=parties)}
    enabled = PayoutAccount.objects.filter(party__in=parties, payouts_enabled=True)
    accounts = set(enabled.values_list("party", "provider"))
    there = _there(members)
    dropped = {}
    for member in members:
        guard = guards.get(member.party_id)
        if guard is not None and guard.frozen_at is not None:
            dropped[member.pk] = Reason.FROZEN
        elif guard is not None and guard.changed_at is not None and guard.changed_at > clock.now() - SECURITY_WAIT:
            dropped[member.pk] = Reason.SECURITY_CHANGE
        elif (member.party_id, member.provider) not in accounts:
            dropped[member.pk] = Reason.NO_ACCOUNT
        elif not there.issuperset(member.parts):
            dropped[member.pk] = Reason.TAKEN
    return dropped


def _there(members: Sequence[PayoutRunMember]) -> set[int]:
    parts = [part for member in members for part in member.parts]
    untaken = Transfer.objects.filter(pk__in=parts, state=TransferState.DONE, payout=None).only("pk")
    return {transfer.pk for transfer in lock(untaken, "transfer")}


def _planned(members: Sequence[PayoutRunMember]) -> list[tuple[Payout, list[int]]]:
    found = PayoutAccount.objects.filter(party__in=[member.party_id for member in members])
    accounts = {(account.party_id, account.provider): account for account in found}
    return [(_payout(member, accounts[member.party_id, member.provider]), member.parts) for member in members]


def _payout(member: PayoutRunMember, account: PayoutAccount) -> Payout:
    return Payout(
        public_id=new_id("pyo"),
        party=member.party,
        provider=account.provider,
        payee=account.provider_payee,
        amount_minor=member.amount_minor,
        currency=member.currency,
        last4=account.last4,
    )


SETTLE = """
UPDATE payments_payoutrunmember AS member
SET outcome = CASE WHEN settled.payout IS NULL THEN 'dropped' ELSE 'posted' END,
    payout_id = settled.payout, reason = settled.reason
FROM unnest(%(members)s::bigint[], %(payouts)s::bigint[], %(reasons)s::text[]) AS settled(member, payout, reason)
WHERE member.id = settled.member
"""


def _settle(posted: Mapping[int, Payout], dropped: Mapping[int, Reason]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            SETTLE,
            {
                "members": [*posted, *dropped],
                "payouts": [*(payout.pk for payout in posted.values()), *(None for _ in dropped)],
                "reasons": [*("" for _ in posted), *(reason.value for reason in dropped.values())],
            },
        )


def _lock_run(public_id: str) -> PayoutRun:
    found = lock(PayoutRun.objects.filter(public_id=public_id), "payout_run")
    if not found:
        raise NotFound
    return found[0]
