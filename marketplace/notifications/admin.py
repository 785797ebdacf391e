from django.contrib import admin

from marketplace.core.actor import StaffRole
from marketplace.http.staff import StaffAdmin
from marketplace.notifications.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(StaffAdmin):
    """Whether a mail has left; not what is in it."""

    roles = frozenset({StaffRole.OPERATIONS})
    list_display = ("queued_at", "to", "subject", "state", "sent_at")
    list_filter = ("state",)
    search_fields = ("to",)
    fields = ("public_id", "to", "subject", "state", "queued_at", "sent_at")
    ordering = ("-id",)
