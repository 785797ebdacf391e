"""Saved searches, which belong to a person and not to her party."""

from django.http import HttpResponse
from rest_framework.request import Request

from marketplace.accounts.scopes import Scope
from marketplace.campaigns.api.shapes.hall import SearchIn, SearchNameIn, SearchOut, as_hall
from marketplace.campaigns.selectors.searches import get_search, list_searches
from marketplace.campaigns.services.saved_searches import forget_search, rename_search, save_search
from marketplace.http.api.operations import Operation
from marketplace.http.api.shapes import PageQuery
from marketplace.http.api.views import ApiView
from marketplace.http.keyset import Order

NEWEST = Order(("id",))


class SearchesView(ApiView):
    tag = "saved searches"
    operations = {
        "GET": Operation(
            id="listSavedSearches",
            summary="Your saved searches, the newest first",
            scope=Scope.SEARCHES_READ,
            answer=SearchOut,
            paged=True,
            query=PageQuery,
        ),
        "POST": Operation(
            id="saveSearch",
            summary="Keep filters of the hall, and hear of every new task that meets them",
            scope=Scope.SEARCHES_WRITE,
            body=SearchIn,
            answer=SearchOut,
            status=201,
            more="The same filters again are the same search.",
        ),
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(list_searches(self.actor), NEWEST)

    def post(self, request: Request) -> HttpResponse:
        return self.act(save_search, name=self.sent["name"], query=as_hall(self.sent["filters"]).query())


class SearchView(ApiView):
    tag = "saved searches"
    operations = {
        "GET": Operation(id="getSavedSearch", summary="A saved search", scope=Scope.SEARCHES_READ, answer=SearchOut),
        "PATCH": Operation(
            id="renameSavedSearch",
            summary="Give a saved search another name",
            scope=Scope.SEARCHES_WRITE,
            body=SearchNameIn,
            answer=SearchOut,
        ),
        "DELETE": Operation(
            id="forgetSavedSearch", summary="Forget a saved search", scope=Scope.SEARCHES_WRITE, status=204
        ),
    }

    def get(self, request: Request, search_id: str) -> HttpResponse:
        return self.answer(get_search(self.actor, search_id))

    def patch(self, request: Request, search_id: str) -> HttpResponse:
        return self.act(rename_search, public_id=search_id, name=self.sent["name"])

    def delete(self, request: Request, search_id: str) -> HttpResponse:
        return self.act(forget_search, public_id=get_search(self.actor, search_id).public_id)
