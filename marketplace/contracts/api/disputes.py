"""Disputes, for programs. Deciding one is for our staff, in the admin."""

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from marketplace.accounts.scopes import Scope
from marketplace.contracts.machine import DisputeState
from marketplace.contracts.models import Contract, Dispute, Side
from marketplace.contracts.selectors import get_contract
from marketplace.contracts.selectors.room import get_dispute, list_disputes
from marketplace.contracts.services import disputes
from marketplace.core.machine import values
from marketplace.http.api.fields import Text, Whole
from marketplace.http.api.operations import Operation
from marketplace.http.api.shapes import In, MoneyOut
from marketplace.http.api.views import ApiView


class DisputeOut(serializers.Serializer):
    """Shares are basis points of `amount` for the anchor's side: asked for, proposed by the other side, decided."""

    id = serializers.CharField(source="public_id")
    contract = serializers.CharField(source="contract.public_id")
    work = serializers.CharField(source="deliverable.public_id")
    side = serializers.ChoiceField(Side.values, help_text="Who opened it")
    state = serializers.ChoiceField(values(DisputeState))
    amount = MoneyOut(help_text="What stands still")
    words = serializers.CharField(trim_whitespace=False)
    anchor_bp = serializers.IntegerField()
    reply = serializers.CharField(trim_whitespace=False, help_text="Empty until the other side has answered")
    reply_bp = serializers.IntegerField(allow_null=True)
    decision = serializers.CharField(trim_whitespace=False)
    decided_bp = serializers.IntegerField(allow_null=True)
    opened_at = serializers.DateTimeField()
    reply_by = serializers.DateTimeField()
    replied_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class DisputeIn(In):
    words = Text(max_length=3000)
    anchor_bp = Whole(0, 10_000, help_text="The share that should go to the anchor's side; 2500 is 25 %")


class DisputesView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="listDisputes",
            summary="Disputes about a contract, the newest first",
            scope=Scope.CONTRACTS_READ,
            answer=DisputeOut,
            paged=True,
            more="There are so few that all of them come at once.",
        )
    }

    def get(self, request: Request, contract_id: str) -> HttpResponse:
        return self.all_of(list_disputes(get_contract(self.actor, contract_id)))


class DisputeView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="getDispute", summary="A dispute, with both accounts", scope=Scope.CONTRACTS_READ, answer=DisputeOut
        )
    }

    def get(self, request: Request, dispute_id: str) -> HttpResponse:
        return self.answer(get_dispute(self.actor, dispute_id))


class OpenDisputeView(ApiView):
    tag = "contracts"
    operations = {
        "POST": Operation(
            id="openDispute",
            summary="Open a dispute about a piece of work; only its amount stands still",
            scope=Scope.CONTRACTS_WRITE,
            answer=DisputeOut,
            status=201,
            body=DisputeIn,
        )
    }

    def post(self, request: Request, work_id: str) -> HttpResponse:
        return self.act(disputes.open_dispute, deliverable_public_id=work_id, **self.sent)


class AnswerDisputeView(ApiView):
    tag = "contracts"
    operations = {
        "POST": Operation(
            id="answerDispute",
            summary="The other side's account, with the split that it would accept",
            scope=Scope.CONTRACTS_WRITE,
            answer=DisputeOut,
            body=DisputeIn,
        )
    }

    def post(self, request: Request, dispute_id: str) -> HttpResponse:
        return self.act(disputes.answer_dispute, public_id=dispute_id, **self.sent)


class WithdrawDisputeView(ApiView):
    tag = "contracts"
    operations = {
        "POST": Operation(
            id="withdrawDispute",
            summary="Take one's own dispute back: its clocks run again, in full",
            scope=Scope.CONTRACTS_WRITE,
            answer=DisputeOut,
        )
    }

    def post(self, request: Request, dispute_id: str) -> HttpResponse:
        def shown(_contract: Contract) -> dict:
            found: Dispute = get_dispute(self.actor, dispute_id)
            return self.shown(found)

        return self.act(disputes.withdraw_dispute, shown=shown, public_id=dispute_id)
