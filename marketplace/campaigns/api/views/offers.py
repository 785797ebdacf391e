"""Offers and counter-offers. Each names the offer that it answers, so that nobody agrees to what came meanwhile."""

from django.http import HttpResponse
from rest_framework.request import Request

from marketplace.accounts.scopes import Scope
from marketplace.campaigns.api.shapes.application import ApplicationOut, OfferIn, OfferOut, changed
from marketplace.campaigns.selectors.candidates import get_application, get_offer, list_offers
from marketplace.campaigns.services.offers import accept_offer, counter_offer, extend_offer, make_offer, rescind_offer
from marketplace.http.api.operations import Operation
from marketplace.http.api.views import ApiView


class OffersView(ApiView):
    tag = "offers"
    operations = {
        "GET": Operation(
            id="listOffers",
            summary="The log of a negotiation, the first offer first",
            scope=Scope.APPLICATIONS_READ,
            answer=OfferOut,
            paged=True,
            more="There are so few that all of them come at once.",
        ),
        "POST": Operation(
            id="makeOffer",
            summary="The merchant’s first offer to a candidate",
            scope=Scope.OFFERS_WRITE,
            body=OfferIn,
            answer=OfferOut,
            status=201,
        ),
    }

    def get(self, request: Request, application_id: str) -> HttpResponse:
        return self.all_of(list_offers(get_application(self.actor, application_id)))

    def post(self, request: Request, application_id: str) -> HttpResponse:
        task = get_application(self.actor, application_id).task
        terms = changed(task.deal(), self.sent["terms"])
        return self.act(make_offer, public_id=application_id, terms=terms, message=self.sent["message"])


class CounterView(ApiView):
    tag = "offers"
    operations = {
        "POST": Operation(
            id="counterOffer",
            summary="Other terms instead of this offer, by the side that it waits for",
            scope=Scope.OFFERS_WRITE,
            body=OfferIn,
            answer=OfferOut,
            status=201,
        )
    }

    def post(self, request: Request, application_id: str, offer_id: str) -> HttpResponse:
        before = get_offer(get_application(self.actor, application_id), offer_id)
        terms = changed(before.deal, self.sent["terms"])
        message = self.sent["message"]
        return self.act(counter_offer, public_id=application_id, answers=offer_id, terms=terms, message=message)


class AcceptView(ApiView):
    tag = "offers"
    operations = {
        "POST": Operation(
            id="acceptOffer",
            summary="Agree: the seat is taken and the contract drafted",
            scope=Scope.OFFERS_WRITE,
            answer=ApplicationOut,
            more="Nobody is bound before everybody has signed, which is not done here.",
        )
    }

    def post(self, request: Request, application_id: str, offer_id: str) -> HttpResponse:
        offer = get_offer(get_application(self.actor, application_id), offer_id)
        return self.act(accept_offer, public_id=application_id, answers=offer.public_id)


class ExtendOfferView(ApiView):
    tag = "offers"
    operations = {
        "POST": Operation(
            id="extendOffer",
            summary="Once, by 72 hours, by the side that made it",
            scope=Scope.OFFERS_WRITE,
            answer=OfferOut,
        )
    }

    def post(self, request: Request, application_id: str, offer_id: str) -> HttpResponse:
        offer = get_offer(get_application(self.actor, application_id), offer_id)
        return self.act(extend_offer, public_id=application_id, offer_public_id=offer.public_id)


class RescindView(ApiView):
    tag = "offers"
    operations = {
        "POST": Operation(
            id="rescindOffer",
            summary="The merchant takes its offer back before it is answered",
            scope=Scope.OFFERS_WRITE,
            answer=ApplicationOut,
        )
    }

    def post(self, request: Request, application_id: str, offer_id: str) -> HttpResponse:
        offer = get_offer(get_application(self.actor, application_id), offer_id)
        return self.act(rescind_offer, public_id=application_id, offer_public_id=offer.public_id)
