"""What an open page says when it has heard of something: that it arrived. It is answered with how much is unread."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from marketplace.chat.selectors.unread import unread_count
from marketplace.chat.services.reading import mark_arrived
from marketplace.http.views import PartyView


class ArrivedView(PartyView):
    def post(self, request: HttpRequest) -> HttpResponse:
        mark_arrived(actor=self.actor)
        return JsonResponse({"messages": unread_count(self.actor)})
