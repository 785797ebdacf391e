"""A live whose anchor did not come: said by the merchant, answered by her side, ended or taken over."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.forms.absence import AbsenceAnswerForm, AbsenceForm
from marketplace.contracts.machine import AbsenceState
from marketplace.contracts.models import Absence, Deliverable
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction, anchor_side
from marketplace.contracts.selectors.room import get_deliverable
from marketplace.contracts.services import absences
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Conflict, NotFound, Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView

SAID = {
    "report": _("Her side has been told, and has half an hour to answer; then it stands."),
    "was_there": _("Noted. Nothing follows by itself; the merchant has been told."),
    "was_not": _("Noted. Somebody from the bench is asked, or the merchant ends the contract."),
    "withdraw": _("Taken back."),
    "end": _("Ended. What was not settled goes back to where it came from."),
}

HIS, HERS = frozenset({"report", "withdraw", "end"}), frozenset({"was_there", "was_not"})


class AbsenceView(PartyView):
    def get(self, request: HttpRequest, work_id: str) -> HttpResponse:
        one = self.piece(work_id)
        if anchor_side(self.actor, one.contract):
            return self.show(request, one, AbsenceAnswerForm())
        again_on = max(clock.today(one.contract.deal.time_zone), one.due_on) + timedelta(days=1)
        return self.show(request, one, AbsenceForm(initial={"again_on": again_on}))

    def post(self, request: HttpRequest, work_id: str) -> HttpResponse:
        one = self.piece(work_id)
        act, absence = request.POST.get("act", ""), newest(one)
        form = (AbsenceForm if act == "report" else AbsenceAnswerForm)(request.POST)
        if act not in (HERS if anchor_side(self.actor, one.contract) else HIS):
            raise NotFound
        if act != "report" and absence is None:
            raise NotFound
        if not form.is_valid():
            return self.show(request, one, form, 422)
        try:
            carry_out(self.actor, act, one, absence, form.cleaned_data)
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, one, form, error.status)
        messages.success(request, str(SAID[act]))
        return redirect("contract", one.contract.public_id) if act == "end" else redirect("absence", work_id)

    def piece(self, work_id: str) -> Deliverable:
        """Of a live, for whoever reviews it or hands it in."""
        one = get_deliverable(self.actor, work_id)
        action = ContractAction.SUBMIT if anchor_side(self.actor, one.contract) else ContractAction.REVIEW
        CONTRACT_POLICY.authorise(self.actor, action, one.contract)
        if not one.is_live:
            raise NotFound
        return one

    def show(
        self, request: HttpRequest, one: Deliverable, form: AbsenceForm | AbsenceAnswerForm, status: int = 200
    ) -> HttpResponse:
        absence = newest(one)
        is_hers = anchor_side(self.actor, one.contract)
        is_open = absence is not None and absence.state in {AbsenceState.REPORTED, AbsenceState.STANDS}
        context = {
            "one": one,
            "contract": one.contract,
            "absence": absence,
            "is_hers": is_hers,
            "may_report": not is_hers and not is_open,
            "may_answer": is_hers and absence is not None and absence.state == AbsenceState.REPORTED,
            "may_end": not is_hers and absence is not None and absence.state == AbsenceState.STANDS,
            "may_withdraw": not is_hers and is_open,
            "form": form,
        }
        return render(request, "contracts/absence.html", context, status=status)


def newest(one: Deliverable) -> Absence | None:
    return one.absences.order_by("-id").first()


def carry_out(actor: Actor, act: str, one: Deliverable, absence: Absence | None, typed: dict) -> None:
    if act == "report":
        absences.report_absence(actor=actor, public_id=one.public_id, words=typed["words"], again_on=typed["again_on"])
        return
    who = {"actor": actor, "public_id": absence.public_id}
    if act == "withdraw":
        absences.withdraw_absence(**who)
    elif act == "end":
        absences.end_for_absence(**who)
    else:
        absences.answer_absence(**who, was_there=act == "was_there", words=typed["words"])
