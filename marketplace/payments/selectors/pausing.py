"""Whether all payouts of the platform are paused."""

from marketplace.payments.models import PayoutPause


def find_pause() -> PayoutPause | None:
    """The pause that holds now, if one does."""
    latest = latest_switch()
    return latest if latest is not None and latest.paused else None


def latest_switch() -> PayoutPause | None:
    """The last time that somebody paused payouts or let them go on."""
    return PayoutPause.objects.select_related("by").order_by("-number").first()
