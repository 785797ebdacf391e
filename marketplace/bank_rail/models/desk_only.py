from django.db.models import QuerySet

from marketplace.core.actor import Actor, StaffRole


class DeskOnly(QuerySet):
    def visible_to(self, actor: Actor) -> "DeskOnly":
        """Finance staff see all, nobody else anything."""
        return self if StaffRole.FINANCE in actor.staff_roles else self.none()
