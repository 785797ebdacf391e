"""Ending a contract early: what it would cost is shown before anybody asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.forms.work import EndForm
from marketplace.contracts.models import Side
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors.room import get_room
from marketplace.contracts.services import cancelling
from marketplace.contracts.steps.end_preview import end_preview
from marketplace.contracts.views.room import reader_side
from marketplace.core.errors import Conflict, NotFound, Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView

SAID = {
    "ask": _("Asked. The other side has 72 hours to answer."),
    "agree": _("Agreed. The money goes as it was shown."),
    "refuse": _("Refused. The contract goes on."),
    "withdraw": _("Taken back. The contract goes on."),
    "call_off": _("Called off. Nobody owes anything."),
    "late": _("Ended. What was not settled goes back to where it came from."),
}
WITH_WORDS = {"ask", "late"}


class EndView(PartyView):
    def get(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        return self.show(request, contract_id, EndForm())

    def post(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        CONTRACT_POLICY.authorise(self.actor, ContractAction.CANCEL, get_room(self.actor, contract_id).contract)
        act = request.POST.get("act", "")
        if act not in SAID:
            raise NotFound
        form = EndForm(request.POST if act in WITH_WORDS else None)
        if act in WITH_WORDS and not form.is_valid():
            return self.show(request, contract_id, form, 422)
        try:
            self.act(act, contract_id, form)
        except (Refused, Conflict) as error:
            if act in WITH_WORDS:
                form.add_error(None, sentence(error))
                return self.show(request, contract_id, form, error.status)
            messages.error(request, sentence(error))
            return redirect("contract-end", contract_id)
        messages.success(request, str(SAID[act]))
        return redirect("contract", contract_id)

    def act(self, act: str, contract_id: str, form: EndForm) -> None:
        who = {"actor": self.actor, "public_id": contract_id}
        if act == "ask":
            cancelling.ask_to_cancel(**who, words=form.cleaned_data["words"])
        elif act == "late":
            cancelling.end_for_lateness(**who, words=form.cleaned_data["words"])
        elif act == "withdraw":
            cancelling.withdraw_cancellation(**who)
        elif act == "call_off":
            cancelling.call_off(**who)
        else:
            cancelling.answer_cancellation(**who, agree=act == "agree")

    def show(self, request: HttpRequest, contract_id: str, form: EndForm, status: int = 200) -> HttpResponse:
        found = get_room(self.actor, contract_id)
        contract, side = found.contract, reader_side(self.actor, found.contract)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.CANCEL, contract)
        ending = end_preview(contract, found.work, Side(side))
        context = {
            "contract": contract,
            "side": side,
            "form": form,
            "asked": ending.asked,
            "cost": ending.cost,
            "sums": ending.sums,
            "rate": f"{ending.rate_bp / 100:g} %",
            "is_late": ending.is_late,
        }
        return render(request, "contracts/end.html", context, status=status)
