from django.http import HttpResponse
from rest_framework.request import Request

from marketplace.accounts.api.shapes import AnchorCard, Me, MerchantCard
from marketplace.accounts.models import PartyKind
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.accounts.scopes import Scope
from marketplace.accounts.selectors import find_membership, get_card
from marketplace.http.api.operations import Operation
from marketplace.http.api.views import ApiView


class MeView(ApiView):
    tag = "profiles"
    operations = {
        "GET": Operation(
            id="getMe", summary="Who you are, for whom, and what you may do", scope=Scope.PROFILE_READ, answer=Me
        )
    }

    def get(self, request: Request) -> HttpResponse:
        return self.answer(Me.of(request.user, find_membership(self.actor), request.auth.scopes))


class AnchorView(ApiView):
    tag = "profiles"
    operations = {
        "GET": Operation(id="getAnchor", summary="An anchor’s card", scope=Scope.PROFILE_READ, answer=AnchorCard)
    }

    def get(self, request: Request, party_id: str) -> HttpResponse:
        return self.answer(get_card(party_id, kinds={PartyKind.ANCHOR}))


class MerchantView(ApiView):
    tag = "profiles"
    operations = {
        "GET": Operation(id="getMerchant", summary="A merchant’s card", scope=Scope.PROFILE_READ, answer=MerchantCard)
    }

    def get(self, request: Request, party_id: str) -> HttpResponse:
        return self.answer(get_card(party_id, kinds=MERCHANT_KINDS))
