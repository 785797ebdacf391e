from datetime import datetime

from marketplace.core.models import Timer
from marketplace.core.models.timer import TimerState
from marketplace.core.tx import step


@step
def schedule(kind: str, aggregate: str, *, due_at: datetime) -> Timer:
    """Set the one pending timer of this kind on `aggregate`, or move it."""
    timer, _created = Timer.objects.update_or_create(
        kind=kind, aggregate=aggregate, state=TimerState.PENDING, defaults={"due_at": due_at, "attempts": 0}
    )
    return timer


@step
def cancel(kind: str, aggregate: str) -> None:
    Timer.objects.filter(kind=kind, aggregate=aggregate, state=TimerState.PENDING).update(state=TimerState.CANCELLED)
