"""The work of a contract and its money, for programs. Every step is the use case of the page."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from marketplace.accounts.scopes import Scope
from marketplace.contracts.machine import DeliverableState, ExtraRoundState
from marketplace.contracts.models import Deliverable, ExtraRound, Submission
from marketplace.contracts.selectors.extra_rounds import get_round, rounds_of
from marketplace.contracts.selectors.money_line import MoneyLine, money_line_of
from marketplace.contracts.selectors.room import get_deliverable, get_room, submissions_of
from marketplace.contracts.services import extra_rounds, work
from marketplace.contracts.terms import DeliverableKind, ReleasesOn
from marketplace.core.machine import values
from marketplace.http.api.fields import Address, Instant, Text
from marketplace.http.api.operations import Operation
from marketplace.http.api.shapes import In, MoneyOut
from marketplace.http.api.views import ApiView


class WorkLine(serializers.Serializer):
    """One thing owed under a contract."""

    id = serializers.CharField(source="public_id")
    place = serializers.IntegerField()
    kind = serializers.ChoiceField(values(DeliverableKind))
    title = serializers.CharField()
    state = serializers.ChoiceField(values(DeliverableState))
    due_on = serializers.DateField()
    releases = MoneyOut()
    releases_on = serializers.ChoiceField(values(ReleasesOn))
    rounds_allowed = serializers.IntegerField()
    rounds_used = serializers.IntegerField()
    review_by = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    link = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)
    verify_by = serializers.DateTimeField(allow_null=True)
    verified_at = serializers.DateTimeField(allow_null=True)


class SubmissionOut(serializers.Serializer):
    number = serializers.IntegerField()
    link = serializers.CharField()
    note = serializers.CharField(trim_whitespace=False)
    at = serializers.DateTimeField()
    asked = serializers.CharField(trim_whitespace=False, help_text="The changes that were asked for; empty when none")


class RoundOut(serializers.Serializer):
    """A round of changes beyond the free ones. It is paid on the pages, like the contract."""

    id = serializers.CharField(source="public_id")
    state = serializers.ChoiceField(values(ExtraRoundState))
    words = serializers.CharField(trim_whitespace=False)
    price = serializers.SerializerMethodField()
    pays = MoneyOut(help_text="With platform fee and VAT")
    asked_at = serializers.DateTimeField()
    paid_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)

    def get_price(self, extra_round: ExtraRound) -> MoneyOut:
        return MoneyOut(extra_round.falls.money("gross")).data


class WorkOut(WorkLine):
    contract = serializers.CharField(source="contract.public_id")
    submissions = serializers.SerializerMethodField()
    further_rounds = serializers.SerializerMethodField()

    @extend_schema_field(SubmissionOut(many=True))
    def get_submissions(self, deliverable: Deliverable) -> list[dict[str, Any]]:
        found: list[Submission] = submissions_of(deliverable)
        return SubmissionOut(found, many=True).data

    @extend_schema_field(RoundOut(many=True))
    def get_further_rounds(self, deliverable: Deliverable) -> list[dict[str, Any]]:
        return RoundOut(rounds_of(deliverable), many=True).data


class WorkIn(In):
    link = Address(max_length=500)
    note = Text(required=False, allow_blank=True, default="", max_length=2000)


class ChangesIn(In):
    words = Text(max_length=2000)


class ProofIn(In):
    link = Address(max_length=500)
    order_id = Text(required=False, allow_blank=True, default="", max_length=80)
    live_from = Instant(required=False, allow_null=True, default=None)
    live_until = Instant(required=False, allow_null=True, default=None)


class MoneyPlaces(serializers.Serializer):
    """Where every cent is now; the places together are what was paid in."""

    paid_in = serializers.SerializerMethodField()
    protected = serializers.SerializerMethodField()
    released = serializers.SerializerMethodField()
    on_hold = serializers.SerializerMethodField()
    in_transit = serializers.SerializerMethodField()
    paid = serializers.SerializerMethodField()
    platform_fee_and_vat = serializers.SerializerMethodField()
    back_to_merchant = serializers.SerializerMethodField()
    balanced = serializers.SerializerMethodField()

    def get_paid_in(self, line: MoneyLine) -> MoneyOut:
        return money(line, line.paid_in_minor)

    def get_protected(self, line: MoneyLine) -> MoneyOut:
        return money(line, line.protected_minor)

    def get_released(self, line: MoneyLine) -> MoneyOut:
        return money(line, line.at("released"))

    def get_on_hold(self, line: MoneyLine) -> MoneyOut:
        return money(line, line.at("hold"))

    def get_in_transit(self, line: MoneyLine) -> MoneyOut:
        return money(line, line.at("transit"))

    def get_paid(self, line: MoneyLine) -> MoneyOut:
        return money(line, line.at("paid"))

    def get_platform_fee_and_vat(self, line: MoneyLine) -> MoneyOut:
        return money(line, line.fee_minor)

    def get_back_to_merchant(self, line: MoneyLine) -> MoneyOut:
        return money(line, line.going_back_minor + line.gone_back_minor)

    def get_balanced(self, line: MoneyLine) -> bool:
        return line.off_by_minor == 0


def money(line: MoneyLine, minor: int) -> MoneyOut:
    return MoneyOut(line.money(minor)).data


class WorkListView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="listWork",
            summary="What is owed under a contract, in its order",
            scope=Scope.CONTRACTS_READ,
            answer=WorkLine,
            paged=True,
            more="There is so little that all of it comes at once. Empty until all have signed.",
        )
    }

    def get(self, request: Request, contract_id: str) -> HttpResponse:
        return self.all_of(get_room(self.actor, contract_id).work)


class MoneyView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="getContractMoney",
            summary="Where the money of a contract is now",
            scope=Scope.CONTRACTS_READ,
            answer=MoneyPlaces,
        )
    }

    def get(self, request: Request, contract_id: str) -> HttpResponse:
        return self.answer(money_line_of(get_room(self.actor, contract_id).contract))


class WorkView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="getWork",
            summary="One thing owed, with everything that was handed in",
            scope=Scope.CONTRACTS_READ,
            answer=WorkOut,
        )
    }

    def get(self, request: Request, work_id: str) -> HttpResponse:
        return self.answer(get_deliverable(self.actor, work_id))


def step(id_: str, summary: str, body: type[serializers.Serializer] | None = None, more: str = "") -> Operation:
    return Operation(id=id_, summary=summary, scope=Scope.WORK_WRITE, answer=WorkOut, body=body, more=more)


class SubmitView(ApiView):
    tag = "contracts"
    operations = {"POST": step("submitWork", "Hand it in", WorkIn, "For the anchor, or her agency.")}

    def post(self, request: Request, work_id: str) -> HttpResponse:
        return self.act(work.submit, public_id=work_id, **self.sent)


class ChangesView(ApiView):
    tag = "contracts"
    operations = {"POST": step("requestChanges", "Ask for changes; uses a round", ChangesIn)}

    def post(self, request: Request, work_id: str) -> HttpResponse:
        return self.act(work.request_changes, public_id=work_id, **self.sent)


class AskForRoundView(ApiView):
    tag = "contracts"
    operations = {
        "POST": step(
            "askForRound",
            "Ask for changes beyond the free rounds",
            ChangesIn,
            "They are kept, and asked for once the round is paid, on the pages, while the review lasts.",
        )
    }

    def post(self, request: Request, work_id: str) -> HttpResponse:
        return self.act(
            extra_rounds.ask_for_round,
            shown=lambda _: self.shown(get_deliverable(self.actor, work_id)),
            public_id=work_id,
            **self.sent,
        )


class TakeRoundBackView(ApiView):
    tag = "contracts"
    operations = {"POST": step("takeRoundBack", "Take back a further round that is not paid")}

    def post(self, request: Request, round_id: str) -> HttpResponse:
        work_id = get_round(self.actor, round_id).deliverable.public_id
        return self.act(
            extra_rounds.take_round_back,
            shown=lambda _: self.shown(get_deliverable(self.actor, work_id)),
            public_id=round_id,
        )


class ApproveView(ApiView):
    tag = "contracts"
    operations = {"POST": step("approveWork", "Approve it", more="A script or a draft releases its share.")}

    def post(self, request: Request, work_id: str) -> HttpResponse:
        return self.act(work.approve, public_id=work_id)


class PublishView(ApiView):
    tag = "contracts"
    operations = {"POST": step("publishWork", "Say where it is out", ProofIn)}

    def post(self, request: Request, work_id: str) -> HttpResponse:
        return self.act(work.publish, public_id=work_id, **self.sent)


class SendBackView(ApiView):
    tag = "contracts"
    operations = {"POST": step("sendProofBack", "It is not there: ask to be shown again", ChangesIn)}

    def post(self, request: Request, work_id: str) -> HttpResponse:
        return self.act(work.send_proof_back, public_id=work_id, **self.sent)


class VerifyView(ApiView):
    tag = "contracts"
    operations = {"POST": step("verifyWork", "It is there as agreed; releases its share")}

    def post(self, request: Request, work_id: str) -> HttpResponse:
        return self.act(work.verify, public_id=work_id)
