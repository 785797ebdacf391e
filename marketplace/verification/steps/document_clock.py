"""When the papers of a check are deleted: N days after the last thing that kept them needed."""

from datetime import timedelta

from django.conf import settings

from marketplace.core import clock
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step
from marketplace.verification.models import Verification

ERASE_TIMER = "verification.erase_documents"


@step
def start_clock(verification: Verification) -> None:
    """A draft was touched, or somebody has decided."""
    due_at = clock.now() + timedelta(days=settings.VERIFICATION_DOCUMENT_DAYS)
    schedule(ERASE_TIMER, verification.public_id, due_at=due_at)


@step
def stop_clock(verification: Verification) -> None:
    """They are being looked at."""
    cancel(ERASE_TIMER, verification.public_id)
