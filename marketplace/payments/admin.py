"""Payments for finance: to be read; a webhook may be processed again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.actor import StaffRole
from marketplace.http.staff import StaffAdmin
from marketplace.payments.models import Approval, Funding, InboxEvent, ProviderCall, Refund
from marketplace.payments.services.inbox import replay

FINANCE = frozenset({StaffRole.FINANCE})


class MoneyAdmin(StaffAdmin):
    roles = FINANCE

    @admin.display(description=gettext_lazy("amount"), ordering="amount_minor")
    def amount(self, row: Funding | Refund | Approval) -> str:
        return str(row.money)


@admin.register(Funding)
class FundingAdmin(MoneyAdmin):
    list_display = ("created_at", "party", "amount", "state", "provider", "charge")
    list_filter = ("state", "provider", "currency")
    list_select_related = ("party",)
    search_fields = ("public_id", "charge", "checkout", "party__name")
    ordering = ("-id",)


@admin.register(Refund)
class RefundAdmin(MoneyAdmin):
    list_display = ("created_at", "party", "amount", "state", "reason", "provider", "charge")
    list_filter = ("state", "reason", "provider", "currency")
    list_select_related = ("party",)
    search_fields = ("public_id", "charge", "provider_refund", "party__name")
    ordering = ("-id",)


@admin.register(ProviderCall)
class ProviderCallAdmin(StaffAdmin):
    roles = FINANCE
    list_display = ("created_at", "key", "state", "attempts", "answered_at")
    list_filter = ("state", "operation")
    search_fields = ("key",)
    ordering = ("-id",)


@admin.register(InboxEvent)
class InboxEventAdmin(StaffAdmin):
    roles = FINANCE
    list_display = ("received_at", "provider", "type", "event_id", "state", "by_backfill", "processed_at")
    list_filter = ("state", "provider", "type")
    search_fields = ("event_id",)
    ordering = ("-id",)
    actions = ("process_again",)

    @admin.action(description=gettext_lazy("Process again"), permissions=["view"])
    def process_again(self, request: HttpRequest, chosen: QuerySet) -> None:
        for public_id in chosen.values_list("public_id", flat=True):
            replay(actor=request.actor, public_id=public_id)
        messages.success(request, _("They are processed again within seconds; doing so twice changes nothing."))


@admin.register(Approval)
class ApprovalAdmin(MoneyAdmin):
    list_display = ("created_at", "party", "kind", "amount", "state", "asked_by", "decided_by")
    list_filter = ("state", "kind", "currency")
    list_select_related = ("party", "asked_by", "decided_by")
    search_fields = ("public_id", "result", "party__name")
    ordering = ("-id",)
