"""The access log: who was shown what of a deal, and when. The other side sees when her work was first looked at, and a
payer's bank that takes a payment back is told."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db.models import Min, QuerySet

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.models import AccessEntry
from marketplace.core.models.access import KEPT_DAYS
from marketplace.core.tx import use_case

BATCH = 1_000


@use_case
def log_access(*, actor: Actor, subject: str, address: str) -> None:
    """Written before the first byte leaves, the first time of a day; what is written already stays as it is.

    `subject`: the public id of what is shown; `address`: where the request came from, may be empty. The caller has
    checked that the actor, a person in a party, may see it.
    """
    at = clock.now()
    entry = AccessEntry(
        subject=subject,
        viewer_id=actor.user_id,
        party=actor.party_id,
        source=actor.source,
        address=address or None,
        request_id=actor.request_id,
        day=at.astimezone(UTC).date(),
        at=at,
    )
    AccessEntry.objects.bulk_create([entry], ignore_conflicts=True)


def accesses(subjects: Iterable[str], *, party_id: int) -> QuerySet[AccessEntry]:
    """What a party's people were shown of those things, the oldest first."""
    return AccessEntry.objects.filter(subject__in=list(subjects), party=party_id).order_by("at", "id")


def first_accesses(subjects: Iterable[str], *, party_id: int) -> dict[str, datetime]:
    """When anybody of the party was first shown each of those things; what nobody was shown is missing."""
    return dict(
        AccessEntry.objects.filter(subject__in=list(subjects), party=party_id)
        .values_list("subject")
        .annotate(first=Min("at"))
    )


@use_case
def forget_old_accesses(batch: int = BATCH) -> int:
    """Delete up to `batch` entries that are as old as the log is kept, the oldest first; returns how many."""
    old = AccessEntry.objects.filter(at__lt=clock.now() - timedelta(days=KEPT_DAYS))
    deleted, _by_model = AccessEntry.objects.filter(pk__in=old.order_by("at").values("pk")[:batch]).delete()
    return deleted
