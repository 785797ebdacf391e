"""Ending a contract early, for programs. What it would cost is read first; every step is the use case of the page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from marketplace.accounts.scopes import Scope
from marketplace.contracts.kill_fee import Stage
from marketplace.contracts.machine import CancellationState, ContractState
from marketplace.contracts.models import Cancellation, Side
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors.room import get_room
from marketplace.contracts.services import cancelling
from marketplace.contracts.steps.end_preview import EndPreview, end_preview
from marketplace.contracts.steps.ending import side_of
from marketplace.core.actor import Actor
from marketplace.core.machine import values
from marketplace.http.api.fields import Text
from marketplace.http.api.operations import Operation
from marketplace.http.api.shapes import In, MoneyOut
from marketplace.http.api.views import ApiView


class EndRequestOut(serializers.Serializer):
    """One time that a side asked; what it costs was fixed then."""

    id = serializers.CharField(source="public_id")
    side = serializers.ChoiceField(Side.values)
    words = serializers.CharField(trim_whitespace=False)
    state = serializers.ChoiceField(values(CancellationState))
    stage = serializers.ChoiceField(values(Stage))
    rate_bp = serializers.IntegerField()
    kill_fee = MoneyOut()
    asked_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class EndCostOut(serializers.Serializer):
    """What goes where when it ends now, or as it was asked. `in_full`: of that, for what is handed in or out."""

    stage = serializers.ChoiceField(values(Stage))
    rate_bp = serializers.IntegerField(help_text="Of what is still owed; from the table that was signed")
    in_full = MoneyOut(allow_null=True)
    to_anchor_side = MoneyOut()
    platform_fee_and_vat = MoneyOut()
    back_to_merchant = MoneyOut()


class EndingOut(serializers.Serializer):
    contract = serializers.CharField(source="contract.public_id")
    state = serializers.ChoiceField(values(ContractState), source="contract.state")
    acts = serializers.ListField(
        child=serializers.ChoiceField(["ask", "end_late", "agree", "refuse", "withdraw", "call_off"]),
        help_text="What you may do about it now",
    )
    cost = serializers.SerializerMethodField()
    requests = serializers.SerializerMethodField()

    @extend_schema_field(EndCostOut(allow_null=True))
    def get_cost(self, found: EndPreview) -> dict[str, Any] | None:
        said = found.cost or found.asked
        if said is None or not found.sums:
            return None
        return EndCostOut(
            {
                "stage": said.stage,
                "rate_bp": said.rate_bp,
                "in_full": found.in_full,
                "to_anchor_side": found.sums["anchor"],
                "platform_fee_and_vat": found.sums["fees"],
                "back_to_merchant": found.sums["back"],
            }
        ).data

    @extend_schema_field(EndRequestOut(many=True))
    def get_requests(self, found: EndPreview) -> list[dict[str, Any]]:
        asked: list[Cancellation] = list(found.contract.cancellations.order_by("-id"))
        for one in asked:
            one.contract = found.contract
        return EndRequestOut(asked, many=True).data


class EndIn(In):
    words = Text(max_length=1000)


def ending_of(actor: Actor, contract_id: str) -> EndPreview:
    """Raises NotFound, and Forbidden for whom the page would not show it to."""
    found = get_room(actor, contract_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.CANCEL, found.contract)
    return end_preview(found.contract, found.work, side_of(actor, found.contract))


class EndingView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="getEnding",
            summary="What ending the contract would cost now, and who asked for it",
            scope=Scope.CONTRACTS_READ,
            answer=EndingOut,
            more="For owners and managers of a side. Silence for 72 hours agrees to a request.",
        )
    }

    def get(self, request: Request, contract_id: str) -> HttpResponse:
        return self.answer(ending_of(self.actor, contract_id))


def step(id_: str, summary: str, body: type[serializers.Serializer] | None = None, more: str = "") -> Operation:
    return Operation(id=id_, summary=summary, scope=Scope.CONTRACTS_WRITE, answer=EndingOut, body=body, more=more)


class EndStepView(ApiView):
    """A step, answered with how it stands afterwards."""

    tag = "contracts"

    def step(self, use_case: Callable[..., Any], contract_id: str, **more: Any) -> HttpResponse:
        return self.act(
            use_case,
            shown=lambda _: self.shown(ending_of(self.actor, contract_id)),
            public_id=contract_id,
            **self.sent,
            **more,
        )


class AskToEndView(EndStepView):
    operations = {"POST": step("askToEnd", "Ask the other side to end it", EndIn, "What it costs is fixed now.")}

    def post(self, request: Request, contract_id: str) -> HttpResponse:
        return self.step(cancelling.ask_to_cancel, contract_id)


class AgreeToEndView(EndStepView):
    operations = {"POST": step("agreeToEnd", "Agree to end it: the money goes as it was shown")}

    def post(self, request: Request, contract_id: str) -> HttpResponse:
        return self.step(cancelling.answer_cancellation, contract_id, agree=True)


class RefuseToEndView(EndStepView):
    operations = {"POST": step("refuseToEnd", "Refuse to end it: the contract goes on")}

    def post(self, request: Request, contract_id: str) -> HttpResponse:
        return self.step(cancelling.answer_cancellation, contract_id, agree=False)


class WithdrawEndView(EndStepView):
    operations = {"POST": step("withdrawEndRequest", "Take one's own request back")}

    def post(self, request: Request, contract_id: str) -> HttpResponse:
        return self.step(cancelling.withdraw_cancellation, contract_id)


class CallOffView(EndStepView):
    operations = {"POST": step("callOffContract", "Call it off before it is paid; nobody owes anything")}

    def post(self, request: Request, contract_id: str) -> HttpResponse:
        return self.step(cancelling.call_off, contract_id)


class EndLateView(EndStepView):
    operations = {
        "POST": step(
            "endForLateness", "End it at once: nothing came 72 hours after it was due", EndIn, "For the merchant."
        )
    }

    def post(self, request: Request, contract_id: str) -> HttpResponse:
        return self.step(cancelling.end_for_lateness, contract_id)
