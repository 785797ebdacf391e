"""Disputes, for programs. Deciding one is for our staff, in the admin."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from marketplace.accounts.scopes import Scope
from marketplace.contracts.machine import DisputeState, ProposalState
from marketplace.contracts.models import Contract, Dispute, DisputeProposal, Side
from marketplace.contracts.selectors import get_contract
from marketplace.contracts.selectors.room import get_dispute, list_disputes
from marketplace.contracts.services import deciding, disputes, mediation
from marketplace.core.machine import values
from marketplace.http.api.fields import Text, Whole
from marketplace.http.api.operations import Operation
from marketplace.http.api.shapes import In, MoneyOut
from marketplace.http.api.views import ApiView


class ProposalOut(serializers.Serializer):
    """How the amount could be split. Of a side the other accepts; of the mediator both do, until `answer_by`."""

    id = serializers.CharField(source="public_id")
    side = serializers.ChoiceField(DisputeProposal.Proposer.values)
    anchor_bp = serializers.IntegerField()
    words = serializers.CharField(trim_whitespace=False, help_text="Empty for what came with an account of the dispute")
    state = serializers.ChoiceField(values(ProposalState))
    made_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField(allow_null=True, help_text="Of the mediator's alone")
    merchant_accepted_at = serializers.DateTimeField(allow_null=True, help_text="Of the mediator's alone")
    anchor_accepted_at = serializers.DateTimeField(allow_null=True, help_text="Of the mediator's alone")


class AppealOut(serializers.Serializer):
    side = serializers.ChoiceField(Side.values)
    words = serializers.CharField(trim_whitespace=False)
    at = serializers.DateTimeField()


class DisputeOut(serializers.Serializer):
    """Shares are basis points of `amount` for the anchor's side: asked for, proposed by the other side, decided,
    carried out. Nothing moves before `final_bp` is there.
    """

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
    proposals = serializers.SerializerMethodField()
    decided = serializers.ChoiceField(
        ["", *Dispute.Decided.values], help_text="How; `proposal` is the mediator's last one, at the end of mediation"
    )
    decision = serializers.CharField(trim_whitespace=False)
    decided_bp = serializers.IntegerField(allow_null=True)
    merchant_accepted_at = serializers.DateTimeField(allow_null=True, help_text="The decision")
    anchor_accepted_at = serializers.DateTimeField(allow_null=True, help_text="The decision")
    appeals = serializers.SerializerMethodField()
    settlement = serializers.CharField(trim_whitespace=False, help_text="What was said on appeal")
    ended = serializers.ChoiceField(["", *Dispute.Ended.values])
    final_bp = serializers.IntegerField(allow_null=True)
    opened_at = serializers.DateTimeField()
    reply_by = serializers.DateTimeField()
    replied_at = serializers.DateTimeField(allow_null=True)
    mediate_by = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    appeal_by = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(ProposalOut(many=True))
    def get_proposals(self, dispute: Dispute) -> list[dict]:
        return ProposalOut(dispute.proposals.order_by("id"), many=True).data

    @extend_schema_field(AppealOut(many=True))
    def get_appeals(self, dispute: Dispute) -> list[dict]:
        return AppealOut(dispute.appeals.order_by("id"), many=True).data


class DisputeIn(In):
    words = Text(max_length=3000)
    anchor_bp = Whole(0, 10_000, help_text="The share that should go to the anchor's side; 2500 is 25 %")


class SplitIn(In):
    words = Text(max_length=2000)
    anchor_bp = Whole(0, 10_000, help_text="The share that would go to the anchor's side; 2500 is 25 %")


class AppealIn(In):
    words = Text(max_length=3000)


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
            id="getDispute",
            summary="A dispute: both accounts, what was proposed, decided and appealed",
            scope=Scope.CONTRACTS_READ,
            answer=DisputeOut,
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


class ProposeSplitView(ApiView):
    tag = "contracts"
    operations = {
        "POST": Operation(
            id="proposeSplit",
            summary="In mediation: propose another split, in place of the one before",
            scope=Scope.CONTRACTS_WRITE,
            answer=DisputeOut,
            body=SplitIn,
        )
    }

    def post(self, request: Request, dispute_id: str) -> HttpResponse:
        return self.act(mediation.propose_split, public_id=dispute_id, **self.sent)


class AcceptProposalView(ApiView):
    tag = "contracts"
    operations = {
        "POST": Operation(
            id="acceptProposal",
            summary="Accept what the other side or the mediator proposes",
            scope=Scope.CONTRACTS_WRITE,
            answer=DisputeOut,
            more="The other side's: it is settled, and the money moves. The mediator's: when both sides have.",
        )
    }

    def post(self, request: Request, proposal_id: str) -> HttpResponse:
        return self.act(mediation.accept_proposal, public_id=proposal_id)


class RefuseProposalView(ApiView):
    tag = "contracts"
    operations = {
        "POST": Operation(
            id="refuseProposal",
            summary="Refuse what the mediator proposes: our staff decide, unless the sides agree before",
            scope=Scope.CONTRACTS_WRITE,
            answer=DisputeOut,
        )
    }

    def post(self, request: Request, proposal_id: str) -> HttpResponse:
        return self.act(mediation.refuse_proposal, public_id=proposal_id)


class AcceptDecisionView(ApiView):
    tag = "contracts"
    operations = {
        "POST": Operation(
            id="acceptDecision",
            summary="Accept the decision; when both sides have, the money moves at once",
            scope=Scope.CONTRACTS_WRITE,
            answer=DisputeOut,
        )
    }

    def post(self, request: Request, dispute_id: str) -> HttpResponse:
        return self.act(deciding.accept_decision, public_id=dispute_id)


class AppealView(ApiView):
    tag = "contracts"
    operations = {
        "POST": Operation(
            id="appealDecision",
            summary="Appeal the decision, once, until `appeal_by`: other staff look at it again",
            scope=Scope.CONTRACTS_WRITE,
            answer=DisputeOut,
            body=AppealIn,
        )
    }

    def post(self, request: Request, dispute_id: str) -> HttpResponse:
        return self.act(deciding.appeal_decision, public_id=dispute_id, **self.sent)
