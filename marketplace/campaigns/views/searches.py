"""Saved searches: kept from the hall, listed, forgotten."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.campaigns.models import SavedSearch
from marketplace.campaigns.selectors.hall import HallQuery
from marketplace.campaigns.services.saved_searches import forget_search, save_search
from marketplace.campaigns.views.hall import filters_of
from marketplace.core.errors import Refused
from marketplace.http.views import SignedInView, say_refusal


class SearchesView(SignedInView):
    def get(self, request: HttpRequest) -> HttpResponse:
        searches = SavedSearch.objects.filter(user=request.user).order_by("-id")
        return render(request, "campaigns/searches.html", {"searches": searches})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the filters of the hall; the name is made of what they say."""
        query = HallQuery.parse(urlsplit("?" + request.POST.get("query", "")[:500]).query)
        try:
            save_search(actor=self.actor, name=name_of(query), query=query.query(sort="newest"))
        except Refused as error:
            say_refusal(request, error)
            return redirect("searches")
        messages.success(request, _("Kept. New tasks that meet it come by mail."))
        return redirect("searches")


class SearchForgetView(SignedInView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest, search_id: str) -> HttpResponse:
        forget_search(actor=self.actor, public_id=search_id)
        messages.success(request, _("Forgotten. No more mails about it."))
        return redirect("searches")


def name_of(query: HallQuery) -> str:
    said = [query.q] if query.q else []
    said += [choice.label for _label, _name, choices, _on in filters_of(query) for choice in choices if choice.on]
    if query.funded:
        said.append(_("Fee protected"))
    return " · ".join(said)[:60] or _("Every new V task")
