"""The machinery of core, for operations: what happened, what is on its way, what the clock will do."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.actor import StaffRole
from marketplace.core.models import Delivery, Event, Timer
from marketplace.core.outbox.relay import retry_dead
from marketplace.http.staff import StaffAdmin

OPERATIONS = frozenset({StaffRole.OPERATIONS})


@admin.register(Event)
class EventAdmin(StaffAdmin):
    roles = OPERATIONS | {StaffRole.COMPLIANCE, StaffRole.FINANCE}
    list_display = ("at", "name", "aggregate", "seq", "from_state", "to_state", "source", "actor")
    list_filter = ("name", "source")
    list_select_related = ("actor",)
    search_fields = ("aggregate", "request_id")
    ordering = ("-id",)


@admin.register(Delivery)
class DeliveryAdmin(StaffAdmin):
    roles = OPERATIONS
    list_display = ("event", "handler", "state", "attempts", "due_at", "done_at")
    list_filter = ("state", "handler")
    list_select_related = ("event",)
    ordering = ("-id",)
    actions = ("retry",)

    @admin.action(description=gettext_lazy("Try the dead ones again"), permissions=["view"])
    def retry(self, request: HttpRequest, chosen: QuerySet) -> None:
        for delivery_id in chosen.values_list("pk", flat=True):
            retry_dead(delivery_id)
        messages.success(request, _("They will be tried again within seconds."))


@admin.register(Timer)
class TimerAdmin(StaffAdmin):
    roles = OPERATIONS
    list_display = ("due_at", "kind", "aggregate", "state", "attempts", "fired_at")
    list_filter = ("state", "kind")
    search_fields = ("aggregate",)
    ordering = ("due_at",)
