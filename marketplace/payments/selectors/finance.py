"""Who looks after the platform's money."""

from marketplace.accounts.models import User
from marketplace.core.actor import StaffRole


def finance_staff() -> list[User]:
    """Everybody who looks after the platform's money."""
    return list(User.objects.filter(is_active=True, staff_grants__role=StaffRole.FINANCE).distinct())
