from django.http import HttpResponse
from rest_framework.request import Request

from marketplace.accounts.models import PartyKind
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.accounts.scopes import Scope
from marketplace.accounts.selectors import get_card
from marketplace.http.api.operations import Operation
from marketplace.http.api.views import ApiView
from marketplace.reliability.api.shapes import RecordOut
from marketplace.reliability.selectors.figures import record_of


class AnchorRecordView(ApiView):
    tag = "profiles"
    operations = {
        "GET": Operation(
            id="getAnchorRecord",
            summary="An anchor’s reliability record: how she answers, delivers and keeps her lives",
            scope=Scope.PROFILE_READ,
            answer=RecordOut,
        )
    }

    def get(self, request: Request, party_id: str) -> HttpResponse:
        return self.answer(RecordOut.of(record_of(get_card(party_id, kinds={PartyKind.ANCHOR}).party)))


class MerchantRecordView(ApiView):
    tag = "profiles"
    operations = {
        "GET": Operation(
            id="getMerchantRecord",
            summary="A merchant’s reliability record: how it decides, approves and pays",
            scope=Scope.PROFILE_READ,
            answer=RecordOut,
        )
    }

    def get(self, request: Request, party_id: str) -> HttpResponse:
        return self.answer(RecordOut.of(record_of(get_card(party_id, kinds=MERCHANT_KINDS).party)))
