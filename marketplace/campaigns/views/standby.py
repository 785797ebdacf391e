"""Standing by: the bench of a V task, the call to take a live over, another anchor by agreement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.campaigns.forms.standby import StandbyForm, SubstituteForm
from marketplace.campaigns.machine import StandbyCallState
from marketplace.campaigns.models import Side, VTask
from marketplace.campaigns.policies import CANDIDACY, TASK, CandidacyAction, TaskAction, side_of
from marketplace.campaigns.selectors.standby import could_take_over, get_call, list_calls
from marketplace.campaigns.selectors.tasks import get_own_task
from marketplace.campaigns.services.standby import answer_call, put_on_bench, rank_on_bench, take_off_bench
from marketplace.campaigns.services.substitution import propose_substitution
from marketplace.campaigns.steps.standby import bench_of
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors.room import Room, get_room
from marketplace.contracts.steps.handover import left_of
from marketplace.core import clock
from marketplace.core.errors import Conflict, NotFound, Refused
from marketplace.core.money import Money
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView, say_refusal

CALLS_SHOWN = 20


class BenchView(PartyView):
    """In rank, each with her cap; the merchant alone sees it."""

    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest, task_id: str) -> HttpResponse:
        return self.show(request, get_own_task(self.actor, task_id))

    def post(self, request: HttpRequest, task_id: str) -> HttpResponse:
        task = get_own_task(self.actor, task_id)
        TASK.authorise(self.actor, TaskAction.INVITE, task)
        act, application = request.POST.get("act", "put"), request.POST.get("application", "")
        try:
            if act == "put":
                return self.put(request, task)
            if act == "off":
                take_off_bench(actor=self.actor, public_id=application)
            else:
                rank_on_bench(actor=self.actor, public_id=application, up=act == "up")
        except Conflict as error:
            say_refusal(request, error)
        return redirect("bench", task_id)

    def put(self, request: HttpRequest, task: VTask) -> HttpResponse:
        form = self.form(task, request.POST)
        if not form.is_valid():
            return self.show(request, task, form, 422)
        put_on_bench(actor=self.actor, public_id=form.cleaned_data["application"], cap_minor=form.cleaned_data["cap"])
        messages.success(request, _("She stands by, and has been told."))
        return redirect("bench", task.public_id)

    def form(self, task: VTask, data: dict | None = None) -> StandbyForm:
        candidates = could_take_over(self.actor, task.public_id)
        cap = Money(task.fee_max_minor or task.fee_minor, task.currency)
        return StandbyForm(data, task=task, candidates=candidates, initial={"cap": cap.figure if cap else ""})

    def show(
        self, request: HttpRequest, task: VTask, form: StandbyForm | None = None, status: int = 200
    ) -> HttpResponse:
        form = form or self.form(task)
        context = {
            "task": task,
            "bench": bench_of(task),
            "calls": list_calls(task.public_id, CALLS_SHOWN),
            "form": form if form.fields["application"].choices else None,
            "may_change": TASK.can(self.actor, TaskAction.INVITE, task),
        }
        return render(request, "campaigns/bench.html", context, status=status)


class CallView(PartyView):
    """To whoever is asked: what is owed, by when, for how much; yes or no."""

    def get(self, request: HttpRequest, call_id: str) -> HttpResponse:
        call = get_call(self.actor, call_id)
        is_hers = side_of(self.actor, call.application) == Side.ANCHOR
        may = CANDIDACY.can(self.actor, CandidacyAction.ANSWER, call.application)
        is_open = call.state == StandbyCallState.OPEN and call.answer_by > clock.now()
        context = {
            "call": call,
            "task": call.application.task,
            "is_hers": is_hers,
            "may_answer": is_hers and may and is_open,
        }
        return render(request, "campaigns/call.html", context)

    def post(self, request: HttpRequest, call_id: str) -> HttpResponse:
        accept = request.POST.get("act") == "accept"
        try:
            call = answer_call(actor=self.actor, public_id=call_id, accept=accept)
        except (Refused, Conflict) as error:
            messages.error(request, sentence(error))
            return redirect("standby-call", call_id)
        if accept:
            messages.success(request, _("It is yours: read the contract and sign it."))
            return redirect("contract", call.application.contract)
        messages.success(request, _("Noted. The next one is asked."))
        return redirect("standby-call", call_id)


class SubstituteView(PartyView):
    """Another anchor instead, for a fee that what is left covers."""

    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        return self.show(request, contract_id)

    def post(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        found = get_room(self.actor, contract_id)
        contract = found.contract
        CONTRACT_POLICY.authorise(self.actor, ContractAction.AMEND, contract)
        form = self.form(found, request.POST)
        if not form.is_valid():
            return self.show(request, contract_id, form, 422)
        typed = form.cleaned_data
        try:
            amendment = propose_substitution(
                actor=self.actor,
                contract_public_id=contract_id,
                application=typed["application"],
                fee_minor=typed.get("fee", 0),
                again_on=typed["again_on"],
                words=typed["words"],
            )
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, contract_id, form, error.status)
        messages.success(request, _("Proposed. The one who leaves and the one who comes are asked to sign."))
        return redirect("amendment", amendment.public_id)

    def form(self, found: Room, data: dict | None = None) -> SubstituteForm:
        contract, left = found.contract, left_of(found.contract, found.work)
        return SubstituteForm(
            data,
            left=Money(left.gross_minor, contract.currency),
            candidates=could_take_over(self.actor, contract.subject),
            initial={"again_on": contract.deal.publish_until},
        )

    def show(
        self, request: HttpRequest, contract_id: str, form: SubstituteForm | None = None, status: int = 200
    ) -> HttpResponse:
        found = get_room(self.actor, contract_id)
        contract = found.contract
        CONTRACT_POLICY.authorise(self.actor, ContractAction.AMEND, contract)
        if contract.merchant_id != self.actor.party_id:
            raise NotFound
        form = form or self.form(found)
        context = {"contract": contract, "form": form, "anybody": bool(form.fields["application"].choices)}
        return render(request, "campaigns/substitute.html", context, status=status)
