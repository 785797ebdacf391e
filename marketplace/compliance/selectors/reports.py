"""Reads about reports."""

from datetime import timedelta

from marketplace.accounts.models import Membership
from marketplace.compliance.models import Report
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound

DAY = timedelta(hours=24)


def get_report(actor: Actor, public_id: str) -> Report:
    try:
        return Report.objects.visible_to(actor).select_related("party", "reporter").get(public_id=public_id)
    except Report.DoesNotExist:
        raise NotFound from None


def reports_today(user_id: int) -> int:
    return Report.objects.filter(reporter_id=user_id, created_at__gt=clock.now() - DAY).count()


def belongs_to(user_id: int | None, party_id: int) -> bool:
    """Whether somebody is, or was, one of the party's people."""
    return Membership.objects.filter(user_id=user_id, party_id=party_id).exists()
