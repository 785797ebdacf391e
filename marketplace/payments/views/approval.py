"""The second person's page, and the owner's limit above which there has to be one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.core.errors import Refused
from marketplace.core.record import timeline
from marketplace.http.sentences import sentence
from marketplace.http.views import say_refusal
from marketplace.payments.forms import LimitForm
from marketplace.payments.machine import ApprovalState
from marketplace.payments.models import Approval
from marketplace.payments.policies import WALLET, WalletAction
from marketplace.payments.selectors import get_approval, list_limits
from marketplace.payments.services.approvals import approve, decline, set_limit
from marketplace.payments.views.fresh import FreshMerchantView


class ApprovalView(FreshMerchantView):
    """What is asked, by whom, until when; and the decision."""

    def get(self, request: HttpRequest, approval_id: str) -> HttpResponse:
        approval = get_approval(self.actor, approval_id)
        may = WALLET.can(self.actor, WalletAction.REFUND, request.party)
        asked = approval.state == ApprovalState.ASKED
        context = {
            "approval": approval,
            "events": timeline(approval.public_id),
            "may_decide": may and asked and approval.asked_by_id != self.actor.user_id,
            "may_withdraw": may and asked and approval.asked_by_id == self.actor.user_id,
            "outcome": self.outcome(approval),
        }
        return render(request, "payments/approval.html", context)

    def post(self, request: HttpRequest, approval_id: str) -> HttpResponse:
        act = approve if request.POST.get("act") == "approve" else decline
        try:
            act(actor=self.actor, public_id=approval_id)
        except Refused as error:
            say_refusal(request, error)
        return redirect("approval", approval_id)

    def outcome(self, approval: Approval) -> str:
        """The name of the page that shows what came of it."""
        pages = {Approval.Kind.TOP_UP: "funding", Approval.Kind.REFUND: "refund"}
        return pages.get(Approval.Kind(approval.kind), "") if approval.result else ""


class LimitView(FreshMerchantView):
    def get(self, request: HttpRequest) -> HttpResponse:
        WALLET.authorise(self.actor, WalletAction.LIMIT, request.party)
        return self.show(request, LimitForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        WALLET.authorise(self.actor, WalletAction.LIMIT, request.party)
        form = LimitForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, 422)
        values = {name: form.cleaned_data[name] for name in ("currency", "limit_minor")}
        try:
            waits = set_limit(actor=self.actor, **values)
        except Refused as error:
            form.add_error("amount", sentence(error))
            return self.show(request, form, error.status)
        if waits:
            return redirect("approval", waits.public_id)
        messages.success(request, _("The limit holds from now on."))
        return redirect("approval-limit")

    def show(self, request: HttpRequest, form: LimitForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "limits": list_limits(self.actor)}
        return render(request, "payments/limit.html", context, status=status)
