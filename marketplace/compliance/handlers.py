"""What the reporter is told, thanks at once and the outcome; and a party that objected, what was decided."""

from marketplace.accounts.models import User
from marketplace.accounts.selectors import emails_of
from marketplace.compliance.events import (
    ObjectionConfirmed,
    ObjectionOverturned,
    ObjectionRejected,
    ObjectionUpheld,
    ReportActioned,
    ReportDismissed,
    ReportFiled,
)
from marketplace.compliance.models import Objection, Report
from marketplace.core import clock
from marketplace.core.actor import Role
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


@handles(ObjectionUpheld)
def tell_upheld(event: Event) -> None:
    tell_party(event, "objection_upheld")


@handles(ObjectionRejected)
def tell_rejected(event: Event) -> None:
    tell_party(event, "objection_rejected")


@handles(ObjectionOverturned)
def tell_overturned(event: Event) -> None:
    tell_party(event, "objection_overturned")


@handles(ObjectionConfirmed)
def tell_confirmed(event: Event) -> None:
    tell_party(event, "objection_confirmed")


def tell_party(event: Event, notice: str) -> None:
    """Those who may object; the other side hears nothing."""
    objection = Objection.objects.select_related("party").get(public_id=event.aggregate)
    party = objection.party
    until = clock.day_of(objection.appeal_by, party.time_zone).isoformat() if objection.appeal_by else ""
    facts = {"title": objection.title, "reasons": objection.settlement or objection.decision, "until": until}
    people = emails_of(party.pk, Role.OWNER, Role.MANAGER)
    notify(people, notice, facts=facts, path=f"/record/objections/{objection.public_id}/", party=party)
