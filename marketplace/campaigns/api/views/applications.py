"""Candidacies, by either side."""

from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.request import Request

from marketplace.accounts.scopes import Scope
from marketplace.campaigns.api.shapes.application import ApplicationOut, ApplicationQuery, ApplyIn, InviteIn
from marketplace.campaigns.api.shapes.money import same_currency
from marketplace.campaigns.api.shapes.task import WordIn
from marketplace.campaigns.selectors.candidates import (
    get_application,
    list_applications_for,
    list_own_applications,
)
from marketplace.campaigns.selectors.tasks import get_own_task, get_task
from marketplace.campaigns.services.applying import apply, withdraw
from marketplace.campaigns.services.choosing import decline_candidate, invite, sort_into
from marketplace.http.api.operations import Operation
from marketplace.http.api.views import ApiView
from marketplace.http.keyset import Order

NEWEST = Order(("id",))


class ApplicationsView(ApiView):
    tag = "applications"
    operations = {
        "GET": Operation(
            id="listApplications",
            summary="Where you are the anchor or applied for her, the newest first",
            scope=Scope.APPLICATIONS_READ,
            answer=ApplicationOut,
            paged=True,
            query=ApplicationQuery,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(list_own_applications(self.actor, state=self.asked.get("state", "")), NEWEST)


class TaskApplicationsView(ApiView):
    tag = "applications"
    operations = {
        "GET": Operation(
            id="listTaskApplications",
            summary="The candidates of a task of yours, the newest first",
            scope=Scope.APPLICATIONS_READ,
            answer=ApplicationOut,
            paged=True,
            query=ApplicationQuery,
        ),
        "POST": Operation(
            id="apply",
            summary="Apply to a task, or answer its invitation",
            scope=Scope.APPLICATIONS_WRITE,
            body=ApplyIn,
            answer=ApplicationOut,
            status=201,
        ),
    }

    def get(self, request: Request, task_id: str) -> HttpResponse:
        task = get_own_task(self.actor, task_id)
        return self.page(list_applications_for(task, state=self.asked.get("state", "")), NEWEST)

    def post(self, request: Request, task_id: str) -> HttpResponse:
        quote = self.sent.get("quote")
        if quote is not None:
            same_currency(quote, get_task(self.actor, task_id).currency, "quote")
        return self.act(
            apply,
            task_public_id=task_id,
            message=self.sent["message"],
            quote_minor=quote.amount_minor if quote is not None else None,
            portfolio=tuple(self.sent["portfolio"]),
            anchor_public_id=self.sent["anchor"],
        )


class InvitationsView(ApiView):
    tag = "applications"
    operations = {
        "POST": Operation(
            id="invite",
            summary="Ask anchors to apply",
            scope=Scope.APPLICATIONS_WRITE,
            body=InviteIn,
            answer=ApplicationOut,
            paged=True,
            more="Those who are candidates already, or whom you may not deal with, are passed over.",
        )
    }

    def post(self, request: Request, task_id: str) -> HttpResponse:
        return self.act(invite, shown=self.listed, task_public_id=task_id, **self.sent)

    def listed(self, invited: list) -> dict[str, Any]:
        return {"data": ApplicationOut(invited, many=True).data, "next": None}


class ApplicationView(ApiView):
    tag = "applications"
    operations = {
        "GET": Operation(
            id="getApplication",
            summary="An application of either side",
            scope=Scope.APPLICATIONS_READ,
            answer=ApplicationOut,
        )
    }

    def get(self, request: Request, application_id: str) -> HttpResponse:
        return self.answer(get_application(self.actor, application_id))


class ApplicationMove(ApiView):
    """One use case on one application, with a word to the other side where there is one."""

    tag = "applications"
    use_case: ClassVar[Any]
    fixed: ClassVar[dict[str, str]] = {}

    def post(self, request: Request, application_id: str) -> HttpResponse:
        return self.act(type(self).use_case, public_id=application_id, **self.sent, **self.fixed)


def move(id_: str, summary: str, **more: Any) -> dict[str, Operation]:
    scope = Scope.APPLICATIONS_WRITE
    return {"POST": Operation(id=id_, summary=summary, scope=scope, answer=ApplicationOut, **more)}


class WithdrawView(ApplicationMove):
    use_case = staticmethod(withdraw)
    operations = move("withdrawApplication", "Step back before anything is agreed", body=WordIn)


class DeclineView(ApplicationMove):
    use_case = staticmethod(decline_candidate)
    operations = move("declineApplication", "Say no: to a candidate, or to an invitation or offer", body=WordIn)


class ShortlistView(ApplicationMove):
    use_case = staticmethod(sort_into)
    fixed = {"lane": "shortlisted"}
    operations = move("shortlistApplication", "Onto the shortlist")


class WaitlistView(ApplicationMove):
    use_case = staticmethod(sort_into)
    fixed = {"lane": "waitlisted"}
    operations = move("waitlistApplication", "Onto the waitlist")


class UnlistView(ApplicationMove):
    use_case = staticmethod(sort_into)
    fixed = {"lane": "applied"}
    operations = move("unlistApplication", "Back among those who have applied")
