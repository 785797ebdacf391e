"""Saying that something is wrong, and answering."""

from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.compliance.errors import AlreadyReported, OwnSubject, TooManyReports
from marketplace.compliance.events import ReportActioned, ReportDismissed, ReportFiled
from marketplace.compliance.machine import REPORT
from marketplace.compliance.models import Report
from marketplace.compliance.policies import REPORTS, ReportAction
from marketplace.compliance.selectors import belongs_to, get_report, reports_today
from marketplace.compliance.subjects import get_subject
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.domain_event import DomainEvent
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case

A_DAY = 10


@use_case
def file_report(*, actor: Actor, kind: str, subject_id: str, reason: str, words: str = "") -> Report:
    """Raises NotFound, Forbidden, OwnSubject, TooManyReports, AlreadyReported."""
    REPORTS.authorise(actor, ReportAction.FILE)
    subject = get_subject(actor, kind, subject_id)
    if belongs_to(actor.user_id, subject.party_id):
        raise OwnSubject
    lock(User.objects.filter(pk=actor.user_id), "user")  # two tabs at once are counted one after the other
    if reports_today(actor.user_id) >= A_DAY:
        raise TooManyReports(most=A_DAY)
    report = Report(
        kind=kind,
        subject=subject_id,
        title=subject.title[:120],
        url=subject.url,
        snapshot=subject.snapshot,
        party_id=subject.party_id,
        reporter_id=actor.user_id,
        reporter_party_id=actor.party_id,
        reason=reason,
        words=words.strip(),
    )
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError as error:
        raise AlreadyReported from error
    record(ReportFiled(aggregate=report.public_id, kind=kind, subject=subject_id, reason=reason), by=actor)
    return report


@use_case
def dismiss_report(*, actor: Actor, public_id: str, decision: str) -> Report:
    """Nothing is wrong; the reporter reads why. Raises NotFound, Forbidden, OwnSubject, IllegalTransition."""
    return _decide(actor, public_id, "dismiss", decision, ReportDismissed(aggregate=public_id))


@use_case
def act_on_report(*, actor: Actor, public_id: str, decision: str) -> Report:
    """Something was done about it; the reporter reads what. Raises as above."""
    return _decide(actor, public_id, "act", decision, ReportActioned(aggregate=public_id))


def _decide(actor: Actor, public_id: str, move_name: str, decision: str, event: DomainEvent) -> Report:
    seen = get_report(actor, public_id)
    report = lock(Report.objects.filter(pk=seen.pk), "report")[0]
    REPORTS.authorise(actor, ReportAction.DECIDE, report)
    if belongs_to(actor.user_id, report.party_id) or actor.user_id == report.reporter_id:
        raise OwnSubject
    move = REPORT.fire(report, move_name)
    report.decided_by_id, report.decided_at, report.decision = actor.user_id, clock.now(), decision.strip()
    report.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    record(event, by=actor, move=move)
    return report
