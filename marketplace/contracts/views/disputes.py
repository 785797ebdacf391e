"""A dispute: opened about one piece of work, answered, and read by both sides."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.contracts.forms.work import DisputeForm
from marketplace.contracts.machine import DISPUTE
from marketplace.contracts.models import Dispute
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors.room import get_deliverable, get_dispute, submissions_of
from marketplace.contracts.services.disputes import answer_dispute, open_dispute, withdraw_dispute
from marketplace.contracts.steps.extra_rounds import disputed_minor
from marketplace.contracts.views.room import reader_side
from marketplace.core.errors import Conflict, Forbidden, Refused
from marketplace.core.money import Money
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView


class OpenDisputeView(PartyView):
    def get(self, request: HttpRequest, work_id: str) -> HttpResponse:
        return self.show(request, work_id, DisputeForm())

    def post(self, request: HttpRequest, work_id: str) -> HttpResponse:
        form = DisputeForm(request.POST)
        if not form.is_valid():
            return self.show(request, work_id, form, 422)
        try:
            dispute = open_dispute(
                actor=self.actor,
                deliverable_public_id=work_id,
                words=form.cleaned_data["words"],
                anchor_bp=form.anchor_bp,
            )
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, work_id, form, error.status)
        messages.success(request, _("The dispute is open. Only its amount stands still."))
        return redirect("dispute", dispute.public_id)

    def show(self, request: HttpRequest, work_id: str, form: DisputeForm, status: int = 200) -> HttpResponse:
        one = get_deliverable(self.actor, work_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.DISPUTE, one.contract)
        amount = Money(disputed_minor(one), one.contract.currency)
        context = {"one": one, "contract": one.contract, "form": form, "amount": amount}
        return render(request, "contracts/dispute_open.html", context, status=status)


class DisputeView(PartyView):
    def get(self, request: HttpRequest, dispute_id: str) -> HttpResponse:
        return self.show(request, get_dispute(self.actor, dispute_id), DisputeForm())

    def post(self, request: HttpRequest, dispute_id: str) -> HttpResponse:
        dispute = get_dispute(self.actor, dispute_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.DISPUTE, dispute.contract)
        if request.POST.get("act") == "withdraw":
            try:
                withdraw_dispute(actor=self.actor, public_id=dispute_id)
                messages.success(request, _("Taken back. It goes on where it stood."))
            except Conflict as error:
                messages.error(request, sentence(error))
            return redirect("contract", dispute.contract.public_id)
        if reader_side(self.actor, dispute.contract) == dispute.side:
            raise Forbidden(action="answer_dispute")
        form = DisputeForm(request.POST)
        if not form.is_valid():
            return self.show(request, dispute, form, 422)
        try:
            answer_dispute(
                actor=self.actor, public_id=dispute_id, words=form.cleaned_data["words"], anchor_bp=form.anchor_bp
            )
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, dispute, form, error.status)
        messages.success(request, _("Your account is there. Our staff decide."))
        return redirect("dispute", dispute_id)

    def show(self, request: HttpRequest, dispute: Dispute, form: DisputeForm, status: int = 200) -> HttpResponse:
        side = reader_side(self.actor, dispute.contract)
        may = CONTRACT_POLICY.can(self.actor, ContractAction.DISPUTE, dispute.contract)
        context = {
            "dispute": dispute,
            "contract": dispute.contract,
            "one": dispute.deliverable,
            "side": side,
            "form": form,
            "may_answer": may and side != dispute.side and DISPUTE.can(dispute, "reply"),
            "may_withdraw": may and side == dispute.side and DISPUTE.can(dispute, "withdraw"),
            "submissions": submissions_of(dispute.deliverable),
        }
        return render(request, "contracts/dispute.html", context, status=status)
