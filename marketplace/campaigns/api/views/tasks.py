"""V tasks: the hall, one's own, and every move of one's own."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from marketplace.accounts.scopes import Scope
from marketplace.campaigns.api.shapes.hall import OwnTaskQuery, TaskQuery, as_hall
from marketplace.campaigns.api.shapes.task import CampaignOut, DeadlineIn, Task, TaskIn, WordIn, as_fields, as_products
from marketplace.campaigns.models import VTask
from marketplace.campaigns.selectors.tasks import get_task, list_campaigns, list_own_tasks
from marketplace.campaigns.services.publishing import submit_task, take_back
from marketplace.campaigns.services.running import (
    close_task,
    extend_task,
    pause_task,
    reopen_task,
    reserve_task_budget,
    resume_task,
)
from marketplace.campaigns.services.tasks import create_task, duplicate_task, save_task
from marketplace.http.api.operations import Operation
from marketplace.http.api.shapes import PageQuery
from marketplace.http.api.views import ApiView
from marketplace.http.keyset import Order

NEWEST = Order(("id",))


def with_what_is_told(tasks: QuerySet[VTask]) -> QuerySet[VTask]:
    return tasks.select_related("party", "campaign").prefetch_related("products")


class CampaignsView(ApiView):
    tag = "tasks"
    operations = {
        "GET": Operation(
            id="listCampaigns",
            summary="Your campaigns, the newest first",
            scope=Scope.TASKS_READ,
            answer=CampaignOut,
            paged=True,
            query=PageQuery,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(list_campaigns(self.actor), NEWEST)


class TasksView(ApiView):
    tag = "tasks"
    operations = {
        "GET": Operation(
            id="listTasks",
            summary="The hall: open V tasks that meet all filters",
            scope=Scope.TASKS_READ,
            answer=Task,
            paged=True,
            query=TaskQuery,
            more="What a task does not ask for (regions, languages) excludes nobody. `fee_from` needs `currency`.",
        ),
        "POST": Operation(
            id="createTask",
            summary="Begin a draft",
            scope=Scope.TASKS_WRITE,
            body=TaskIn,
            answer=Task,
            status=201,
        ),
    }

    def get(self, request: Request) -> HttpResponse:
        hall = as_hall(self.asked)
        return self.page(hall.tasks(), hall.order, whole=with_what_is_told)

    def post(self, request: Request) -> HttpResponse:
        campaign = self.sent.get("campaign", "")
        return self.act(create_task, campaign=campaign, fields=as_fields(self.sent), products=as_products(self.sent))


class OwnTasksView(ApiView):
    tag = "tasks"
    operations = {
        "GET": Operation(
            id="listOwnTasks",
            summary="V tasks that your party has written, the newest first",
            scope=Scope.TASKS_READ,
            answer=Task,
            paged=True,
            query=OwnTaskQuery,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        own = list_own_tasks(self.actor, state=self.asked.get("state", ""))
        return self.page(with_what_is_told(own), NEWEST)


class TaskView(ApiView):
    tag = "tasks"
    operations = {
        "GET": Operation(id="getTask", summary="A V task that you may see", scope=Scope.TASKS_READ, answer=Task),
        "PATCH": Operation(
            id="writeTask",
            summary="Write on a draft: what is sent replaces what was there",
            scope=Scope.TASKS_WRITE,
            body=TaskIn,
            answer=Task,
        ),
    }

    def get(self, request: Request, task_id: str) -> HttpResponse:
        return self.answer(get_task(self.actor, task_id))

    def patch(self, request: Request, task_id: str) -> HttpResponse:
        written = {"fields": as_fields(self.sent), "products": as_products(self.sent)}
        return self.act(save_task, public_id=task_id, campaign=self.sent.get("campaign"), **written)


class TaskMove(ApiView):
    """One use case on one task of one's own."""

    tag = "tasks"
    use_case: ClassVar[Any]

    def post(self, request: Request, task_id: str) -> HttpResponse:
        return self.act(type(self).use_case, public_id=task_id, **self.sent)


def move(id_: str, summary: str, *, scope: Scope = Scope.TASKS_WRITE, **more: Any) -> dict[str, Operation]:
    return {"POST": Operation(id=id_, summary=summary, scope=scope, answer=Task, **more)}


class SubmitView(TaskMove):
    use_case = staticmethod(submit_task)
    operations = move(
        "submitTask", "Hand a draft in", more="It opens at once when no review rule is touched, or waits for a person."
    )


class TakeBackView(TaskMove):
    use_case = staticmethod(take_back)
    operations = move("takeBackTask", "Out of the review, or after a rejection, back to a draft")


class PauseView(TaskMove):
    use_case = staticmethod(pause_task)
    operations = move("pauseTask", "Nobody new can apply; those who have are answered all the same")


class ResumeView(TaskMove):
    use_case = staticmethod(resume_task)
    operations = move("resumeTask", "Take applications again")


class CloseView(TaskMove):
    use_case = staticmethod(close_task)
    operations = move("closeTask", "No further candidates; whoever was not chosen is told", body=WordIn)


class ReopenView(TaskMove):
    use_case = staticmethod(reopen_task)
    operations = move("reopenTask", "Open again for the seats that are left", body=DeadlineIn)


class ExtendView(TaskMove):
    use_case = staticmethod(extend_task)
    operations = move("extendTask", "A later deadline", body=DeadlineIn)


class DuplicateView(TaskMove):
    use_case = staticmethod(duplicate_task)
    operations = move("duplicateTask", "A new draft with the same brief and price; dates are asked anew", status=201)


class ReserveView(TaskMove):
    use_case = staticmethod(reserve_task_budget)
    operations = move(
        "reserveTaskBudget",
        "Set the whole budget aside from the wallet",
        scope=Scope.TASKS_FUND,
        more="Only with a token: making one with this scope asked for the password.",
    )
