"""What the reporter is told: thanks at once, and the outcome."""

from marketplace.accounts.models import User
from marketplace.compliance.events import ReportActioned, ReportDismissed, ReportFiled
from marketplace.compliance.models import Report
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify


@handles(ReportFiled)
def thank(event: Event) -> None:
    tell(event, "report_filed")


@handles(ReportDismissed)
def tell_dismissed(event: Event) -> None:
    tell(event, "report_dismissed")


@handles(ReportActioned)
def tell_actioned(event: Event) -> None:
    tell(event, "report_actioned")


def tell(event: Event, notice: str) -> None:
    report = Report.objects.get(public_id=event.aggregate)
    facts = {"title": report.title, "decision": report.decision}
    people = User.objects.filter(pk=report.reporter_id, is_active=True)
    notify(people, notice, facts=facts, path=f"/reports/{report.public_id}/")
