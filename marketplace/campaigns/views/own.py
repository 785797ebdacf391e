"""A merchant's own V tasks: the list, one of them with what to do next, and the acts on it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import VerifiedKind
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.accounts.selectors import is_verified
from marketplace.campaigns.errors import TaskIncomplete
from marketplace.campaigns.forms.running import CloseForm, DeadlineForm
from marketplace.campaigns.machine import V_TASK, VTaskState
from marketplace.campaigns.models import VTask
from marketplace.campaigns.policies import TASK, TaskAction
from marketplace.campaigns.selectors.budgets import budget_of
from marketplace.campaigns.selectors.cards import price_of
from marketplace.campaigns.selectors.products import shown_of
from marketplace.campaigns.selectors.tasks import get_own_task, list_campaigns, list_own_tasks
from marketplace.campaigns.services import publishing, running
from marketplace.campaigns.services.tasks import duplicate_task
from marketplace.campaigns.wording import PROBLEMS, said_hit
from marketplace.core.errors import Conflict, MooringError, NotFound, Refused
from marketplace.core.record import timeline
from marketplace.http.keyset import Order, page_of
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView, say_refusal

PAGE = 20
NEWEST = Order(("updated_at", "id"))
# What a button does, and what is said when it is done.
ACTS = {
    "submit": (publishing.submit_task, ""),
    "take_back": (publishing.take_back, gettext_lazy("It is a draft again.")),
    "pause": (
        running.pause_task,
        gettext_lazy("Paused. Nobody new can apply; those who have are answered all the same."),
    ),
    "resume": (running.resume_task, gettext_lazy("Open again.")),
    "archive": (running.archive_task, gettext_lazy("Put away. Its history stays.")),
    "reserve": (
        running.reserve_task_budget,
        gettext_lazy("The whole budget is set aside; the task carries its badge."),
    ),
    "return_budget": (running.return_task_budget, gettext_lazy("The budget is back in the wallet.")),
}


class OwnTasksView(PartyView):
    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest) -> HttpResponse:
        state = request.GET.get("state", "")
        state = state if state in set(VTaskState) else ""
        campaign = request.GET.get("campaign", "")[:40]
        tasks = list_own_tasks(self.actor, state=state, campaign=campaign)
        page = page_of(tasks, NEWEST, cursor=request.GET.get("after", ""), size=PAGE)
        context = {
            "page": page,
            "rows": [(task, price_of(task)) for task in page.rows],
            "state": state,
            "states": [one.value for one in VTaskState],
            "campaign": campaign,
            "campaigns": list_campaigns(self.actor)[:30],
            "may_draft": TASK.can(self.actor, TaskAction.DRAFT, request.party),
            "verified": is_verified(request.party.pk, VerifiedKind.MERCHANT),
        }
        return render(request, "campaigns/own_tasks.html", context)


class OwnTaskView(PartyView):
    """One task for its merchant: where it stands and the one next move."""

    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest, task_id: str) -> HttpResponse:
        task = get_own_task(self.actor, task_id)
        context = {
            "task": task,
            "products": shown_of(self.actor, task).products,
            "hits": [said_hit(hit) for hit in task.review_hits],
            "budget": budget_of(task) if task.has_fee else None,
            "moves": {one.name for one in V_TASK.transitions if V_TASK.can(task, one.name)},
            "may_post": TASK.can(self.actor, TaskAction.POST, task),
            "may_draft": TASK.can(self.actor, TaskAction.DRAFT, task),
            "may_reserve": TASK.can(self.actor, TaskAction.RESERVE, task),
            "waiting": task.applications.filter(state__in=["applied", "shortlisted"]).count(),
            "verified": is_verified(task.party_id, VerifiedKind.MERCHANT),
            "events": timeline(task.public_id),
        }
        return render(request, "campaigns/own_task.html", context)

    def post(self, request: HttpRequest, task_id: str) -> HttpResponse:
        task = get_own_task(self.actor, task_id)
        TASK.authorise(self.actor, TaskAction.DRAFT, task)
        act = request.POST.get("act", "")
        if act == "duplicate":
            copy = duplicate_task(actor=self.actor, public_id=task_id)
            messages.success(request, _("A copy. Its dates are asked anew."))
            return redirect("task-edit", copy.public_id, "job")
        if act not in ACTS:
            raise NotFound
        service, said = ACTS[act]
        try:
            task = service(actor=self.actor, public_id=task_id)
        except (Refused, Conflict) as error:
            return self.refused(request, task, error)
        if act == "submit":
            said = opened_or_waits(task)
        messages.success(request, str(said))
        if task.state == VTaskState.DRAFT and act == "take_back":
            return redirect("task-edit", task_id, "check")
        return redirect("own-task", task_id)

    def refused(self, request: HttpRequest, task: VTask, error: MooringError) -> HttpResponse:
        say_refusal(request, error)
        if isinstance(error, TaskIncomplete) and task.state == VTaskState.DRAFT:
            return redirect("task-edit", task.public_id, "check")
        return redirect("own-task", task.public_id)


def opened_or_waits(task: VTask) -> str:
    if task.state == VTaskState.OPEN:
        return _("It is open. Anchors can see it and apply.")
    return _("A person looks at it within 24 hours; the page says at what.")


class _WithFormView(PartyView):
    """An act that asks something first: one form, one service, one way back."""

    kinds = MERCHANT_KINDS
    form_class: type[forms.Form]
    template_name: str

    def get(self, request: HttpRequest, task_id: str) -> HttpResponse:
        task = self.task(task_id)
        return self.show(request, task, self.form_class(**self.options(task)))

    def post(self, request: HttpRequest, task_id: str) -> HttpResponse:
        task = self.task(task_id)
        form = self.form_class(request.POST, **self.options(task))
        if not form.is_valid():
            return self.show(request, task, form, 422)
        try:
            said = self.act(task, form)
        except TaskIncomplete as error:
            codes = [code for found in error.context["problems"].values() for code in found]
            form.add_error(None, " ".join(str(PROBLEMS[code]) for code in codes))
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, said)
            return redirect("own-task", task_id)
        return self.show(request, task, form, 422)

    def task(self, task_id: str) -> VTask:
        task = get_own_task(self.actor, task_id)
        TASK.authorise(self.actor, TaskAction.POST, task)
        return task

    def options(self, task: VTask) -> dict[str, object]:
        return {}

    def act(self, task: VTask, form: forms.Form) -> str:
        raise NotImplementedError

    def show(self, request: HttpRequest, task: VTask, form: forms.Form, status: int = 200) -> HttpResponse:
        waiting = task.applications.live().exclude(state="accepted").count()
        return render(request, self.template_name, {"task": task, "form": form, "waiting": waiting}, status=status)


class TaskCloseView(_WithFormView):
    form_class = CloseForm
    template_name = "campaigns/close.html"

    def act(self, task: VTask, form: forms.Form) -> str:
        running.close_task(actor=self.actor, public_id=task.public_id, word=form.cleaned_data["word"])
        return _("Closed. Whoever was not chosen has been told.")


class TaskDeadlineView(_WithFormView):
    """A later deadline for an open task, or a new one for a closed task."""

    form_class = DeadlineForm
    template_name = "campaigns/deadline.html"

    def options(self, task: VTask) -> dict[str, object]:
        return {"task": task}

    def act(self, task: VTask, form: forms.Form) -> str:
        again = task.state == VTaskState.CLOSED
        service = running.reopen_task if again else running.extend_task
        service(actor=self.actor, public_id=task.public_id, apply_by=form.cleaned_data["apply_by"])
        return _("Open again.") if again else _("The deadline has moved.")
