"""Payments for finance: to be read; a webhook may be processed again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.http.staff import StaffAdmin
from marketplace.payments.admin.finance import FINANCE, each
from marketplace.payments.admin.pausing import PausableAdmin
from marketplace.payments.models import (
    Approval,
    Funding,
    InboxEvent,
    Payout,
    PayoutAccount,
    PayoutGuard,
    PayoutRunMember,
    ProviderCall,
    Refund,
    Transfer,
)
from marketplace.payments.services.inbox import replay
from marketplace.payments.services.payout_account import freeze_payee, thaw_payouts
from marketplace.payments.services.payouts import let_held_payout_go, try_payout_again
from marketplace.payments.services.refunds import send_refund_again
from marketplace.payments.services.transfers import hold_transfer, let_transfer_go, retry_transfer


class MoneyAdmin(StaffAdmin):
    roles = FINANCE

    @admin.display(description=gettext_lazy("amount"), ordering="amount_minor")
    def amount(self, row: Funding | Refund | Approval | Transfer | Payout | PayoutRunMember) -> str:
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
    actions = ("send_again",)

    @admin.action(description=gettext_lazy("Send again what the bank sent back to a contract"), permissions=["view"])
    def send_again(self, request: HttpRequest, chosen: QuerySet) -> None:
        each(request, chosen.values_list("public_id", flat=True), send_refund_again)


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


@admin.register(Transfer)
class TransferAdmin(PausableAdmin, MoneyAdmin):
    change_form_template = "payments/admin/transfer.html"
    list_display = ("created_at", "party", "amount", "state", "hold", "held_until", "failure", "contract")
    list_filter = ("state", "hold", "provider", "currency")
    list_select_related = ("party",)
    search_fields = ("public_id", "contract", "charge", "provider_transfer", "party__name")
    ordering = ("-id",)
    actions = ("hold_back", "let_go", "try_again")

    @admin.action(description=gettext_lazy("Hold back"), permissions=["view"])
    def hold_back(self, request: HttpRequest, chosen: QuerySet) -> None:
        each(request, chosen.values_list("public_id", flat=True), hold_transfer)

    @admin.action(description=gettext_lazy("Let go"), permissions=["view"])
    def let_go(self, request: HttpRequest, chosen: QuerySet) -> None:
        each(request, chosen.values_list("public_id", flat=True), let_transfer_go)

    @admin.action(description=gettext_lazy("Try again"), permissions=["view"])
    def try_again(self, request: HttpRequest, chosen: QuerySet) -> None:
        each(request, chosen.values_list("public_id", flat=True), retry_transfer)


@admin.register(Payout)
class PayoutAdmin(PausableAdmin, MoneyAdmin):
    list_display = ("created_at", "party", "amount", "state", "hold", "tries", "retry_at", "failure", "last4")
    list_filter = ("state", "hold", "provider", "currency")
    list_select_related = ("party",)
    search_fields = ("public_id", "provider_payout", "party__name")
    ordering = ("-id",)
    actions = ("try_again", "let_go")

    @admin.action(description=gettext_lazy("Try again"), permissions=["view"])
    def try_again(self, request: HttpRequest, chosen: QuerySet) -> None:
        each(request, chosen.values_list("public_id", flat=True), try_payout_again)

    @admin.action(description=gettext_lazy("Let go"), permissions=["view"])
    def let_go(self, request: HttpRequest, chosen: QuerySet) -> None:
        each(request, chosen.values_list("public_id", flat=True), let_held_payout_go)


@admin.register(PayoutAccount)
class PayoutAccountAdmin(PausableAdmin):
    roles = FINANCE
    list_display = ("party", "holder", "bank_name", "last4", "payouts_enabled", "provider", "changed_at")
    list_filter = ("payouts_enabled", "provider")
    list_select_related = ("party",)
    search_fields = ("public_id", "provider_payee", "holder", "party__name")
    exclude = ("fingerprint",)
    ordering = ("-id",)
    actions = ("freeze",)

    @admin.action(description=gettext_lazy("Freeze this payee’s payouts"), permissions=["view"])
    def freeze(self, request: HttpRequest, chosen: QuerySet) -> None:
        for party in chosen.values_list("party__public_id", flat=True):
            freeze_payee(actor=request.actor, party_public_id=party)
        messages.success(request, _("Nothing goes to them until you thaw it under Payout guards."))


@admin.register(PayoutGuard)
class PayoutGuardAdmin(PausableAdmin):
    roles = FINANCE
    list_display = ("party", "change", "changed_at", "frozen_at", "frozen_by")
    list_filter = ("change",)
    list_select_related = ("party", "frozen_by")
    search_fields = ("party__name",)
    ordering = ("-id",)
    actions = ("thaw",)

    @admin.action(description=gettext_lazy("Thaw"), permissions=["view"])
    def thaw(self, request: HttpRequest, chosen: QuerySet) -> None:
        for party in chosen.values_list("party__public_id", flat=True):
            thaw_payouts(actor=request.actor, party_public_id=party)
        messages.success(request, _("Transfers and payouts go on, unless something else holds them."))
