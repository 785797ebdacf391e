"""Lines of the bank's statements, and the desk for those that nobody asked for."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.bank_rail.admin.desk import DeskAdmin, by_admin
from marketplace.bank_rail.forms.files import AssignForm
from marketplace.bank_rail.machine import IN_SUSPENSE, LineState
from marketplace.bank_rail.models import BankLine
from marketplace.bank_rail.services.desk import (
    approve_proposal,
    decline_proposal,
    propose_assignment,
    propose_send_back,
)


@admin.register(BankLine)
class BankLineAdmin(DeskAdmin):
    change_form_template = "bank_rail/admin/line.html"
    list_display = ("posted_on", "amount", "name", "account", "memo", "state", "proposal", "proposed_by")
    list_filter = ("state", "currency", "upload")
    list_select_related = ("proposed_by",)
    search_fields = ("memo", "name", "identity", "public_id")
    ordering = ("-id",)

    @admin.display(description=gettext_lazy("amount"), ordering="amount_minor")
    def amount(self, line: BankLine) -> str:
        return str(line.money)

    @admin.display(description=gettext_lazy("account"))
    def account(self, line: BankLine) -> str:
        return f"•••• {line.last4}" if line.last4 else "—"

    def get_urls(self) -> list:
        views = (self.assign, self.send_back, self.approve, self.decline)
        assign, send_back, approve, decline = (self.admin_site.admin_view(view) for view in views)
        return [
            path("<str:public_id>/assign/", assign, name="bank_rail_bankline_assign"),
            path("<str:public_id>/send-back/", send_back, name="bank_rail_bankline_send_back"),
            path("<str:public_id>/approve/", approve, name="bank_rail_bankline_approve"),
            path("<str:public_id>/decline/", decline, name="bank_rail_bankline_decline"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        line = kwargs.get("obj")
        came = line.amount_minor > 0
        context |= {
            "line": line,
            "assign_form": AssignForm(),
            "may_assign": came and line.state == LineState.UNMATCHED and line.pay_in_id is None,
            "may_send_back": came and line.state in IN_SUSPENSE and bool(line.last4),
            "nowhere_to_send": came and line.state in IN_SUSPENSE and not line.last4,
            "is_proposed": line.state == LineState.PROPOSED,
            "is_mine": line.proposed_by_id == request.user.pk,
            "unexplained": not came and line.state == LineState.UNMATCHED,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def assign(self, request: HttpRequest, public_id: str) -> HttpResponse:
        code = request.POST.get("code", "")[:40]
        return self._about(request, public_id, propose_assignment, proposed(), code=code)

    def send_back(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self._about(request, public_id, propose_send_back, proposed())

    def approve(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self._about(request, public_id, approve_proposal, _("Approved."))

    def decline(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self._about(request, public_id, decline_proposal, _("Declined: it waits as before."))

    def _about(self, request: HttpRequest, public_id: str, act: Any, done: str, **given: str) -> HttpResponse:
        line = get_object_or_404(BankLine.objects.visible_to(request.actor), public_id=public_id)
        return self.act(request, lambda: act(actor=by_admin(request), public_id=public_id, **given), done, line)


def proposed() -> str:
    return _("Kept. Somebody else of finance decides.")
