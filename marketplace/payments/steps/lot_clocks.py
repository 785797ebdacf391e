"""The clocks of a funding lot: from its charge, wherever the money stands since."""

from datetime import datetime, timedelta

from django.conf import settings

from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import step

LOT_WARN, LOT_RETURN = "lot.warn", "lot.return"


@step
def start_clocks(lot: str, charged_at: datetime) -> None:
    schedule(LOT_WARN, lot, due_at=charged_at + timedelta(days=settings.LOT_WARN_DAYS))
    schedule(LOT_RETURN, lot, due_at=charged_at + timedelta(days=settings.LOT_RETURN_DAYS))
