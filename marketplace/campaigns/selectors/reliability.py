"""How a merchant treats those who apply: measured, never declared."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q

from marketplace.campaigns.models import Application, VTask
from marketplace.core import clock

WINDOW = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the last 180 days. `answered_share` and `decision_hours` are None before there is anything to measure."""

    tasks_opened: int
    applications: int
    answered_share: int | None
    unanswered: int
    decision_hours: int | None


def reliability_of(party_id: int) -> Reliability:
    since = clock.now() - WINDOW
    applied = Application.objects.filter(task__party_id=party_id, applied_at__gte=since)
    took = ExpressionWrapper(F("moved_at") - F("applied_at"), output_field=DurationField())
    decided = ~Q(state__in=["applied", "waitlisted"]) & Q(unanswered_at=None)
    found = applied.aggregate(
        count=Count("id"),
        unanswered=Count("id", filter=Q(unanswered_at__isnull=False)),
        took=Avg(took, filter=decided),
    )
    count, unanswered = found["count"], found["unanswered"]
    return Reliability(
        tasks_opened=VTask.objects.filter(party_id=party_id, opened_at__gte=since).count(),
        applications=count,
        answered_share=round(100 * (count - unanswered) / count) if count else None,
        unanswered=unanswered,
        decision_hours=round(found["took"].total_seconds() / 3600) if found["took"] else None,
    )
