from marketplace.core.actor import Actor
from marketplace.core.tx import step
from marketplace.reliability.models import Strike


@step
def strike_out(source: str, subject: str, *, case: str, reason: str, by: Actor) -> None:
    """The observation is no longer counted. That it was struck before, for another who objected, changes nothing."""
    row = Strike(source=source, subject=subject, case=case, reason=reason, by_id=by.user_id)
    Strike.objects.bulk_create([row], ignore_conflicts=True)
