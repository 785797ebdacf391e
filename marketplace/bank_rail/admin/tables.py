"""What is only looked at: transfers in, orders, payees, the rail's own books."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.admin.desk import DeskAdmin
from marketplace.bank_rail.models import Entry, Order, Payee, PayIn


class MoneyTable(DeskAdmin):
    @admin.display(description=_("amount"), ordering="amount_minor")
    def amount(self, one: PayIn | Order | Entry) -> str:
        return str(one.money)


@admin.register(PayIn)
class PayInAdmin(MoneyTable):
    list_display = ("created_at", "code", "amount", "payer", "state", "expires_at", "reference")
    list_filter = ("state", "currency")
    search_fields = ("code", "reference", "payer", "public_id")
    ordering = ("-id",)


@admin.register(Order)
class OrderAdmin(MoneyTable):
    list_display = ("created_at", "code", "kind", "amount", "holder", "account", "state", "failure", "batch")
    list_filter = ("state", "kind", "currency", "batch")
    list_select_related = ("batch",)
    search_fields = ("code", "reference", "holder", "public_id")
    ordering = ("-id",)

    @admin.display(description=_("account"))
    def account(self, order: Order) -> str:
        return f"•••• {order.last4}"


@admin.register(Payee)
class PayeeAdmin(DeskAdmin):
    list_display = ("label", "holder", "bank_name", "account", "named_at", "reference")
    search_fields = ("label", "holder", "reference", "public_id")
    ordering = ("-id",)

    @admin.display(description=_("account"))
    def account(self, payee: Payee) -> str:
        return f"•••• {payee.last4}" if payee.last4 else "—"


@admin.register(Entry)
class EntryAdmin(MoneyTable):
    list_display = ("at", "kind", "amount", "payee", "reference", "subject")
    list_filter = ("kind", "currency")
    list_select_related = ("payee",)
    search_fields = ("reference", "subject")
    ordering = ("-id",)
