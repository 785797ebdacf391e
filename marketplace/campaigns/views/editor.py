"""Writing a V task in a few calm steps. Every step saves itself while one writes; what is wrong stays on the screen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.campaigns import readiness
from marketplace.campaigns.flows.files import upload_attachment, upload_task_picture
from marketplace.campaigns.forms.task import STEP_FORMS, StepForm, deliverables_formset
from marketplace.campaigns.models import VTask
from marketplace.campaigns.policies import TASK, TaskAction
from marketplace.campaigns.selectors.cards import card_of
from marketplace.campaigns.selectors.tasks import get_own_task, list_campaigns
from marketplace.campaigns.services.files import detach
from marketplace.campaigns.services.publishing import hits_of
from marketplace.campaigns.services.tasks import create_task, file_under, save_task
from marketplace.campaigns.wording import PROBLEMS, said_hit
from marketplace.core import clock
from marketplace.core.errors import NotFound, Refused
from marketplace.http.views import PartyView, say_refusal
from marketplace.media.selectors import find_picture

STEPS = (*STEP_FORMS, "check")


class TaskNewView(PartyView):
    kinds = MERCHANT_KINDS
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        task = create_task(actor=self.actor)
        return redirect("task-edit", task.public_id, "job")


class TaskEditView(PartyView):
    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest, task_id: str, step: str) -> HttpResponse:
        task = self.draft(task_id, step)
        if step == "check":
            return self.show(request, task, step)
        return self.show(request, task, step, STEP_FORMS[step](instance=task), rows_of(task, step))

    def post(self, request: HttpRequest, task_id: str, step: str) -> HttpResponse:
        task = self.draft(task_id, step)
        if step == "check":
            raise NotFound
        form = STEP_FORMS[step](request.POST, request.FILES, instance=task)
        rows = rows_of(task, step, request.POST)
        right = all([form.is_valid(), rows is None or rows.is_valid()])
        task = save_task(actor=self.actor, public_id=task_id, fields=kept(form, rows))
        self.file(request, task, form)
        if request.htmx:
            return render(request, "campaigns/partials/autosaved.html", self.preview(task))
        if not right:
            return self.show(request, task, step, form, rows, 422)
        if "leave" in request.POST:
            messages.info(request, _("Saved. The draft waits for you."))
            return redirect("own-tasks")
        return redirect("task-edit", task_id, STEPS[STEPS.index(step) + 1])

    def draft(self, task_id: str, step: str) -> VTask:
        task = get_own_task(self.actor, task_id)
        TASK.authorise(self.actor, TaskAction.DRAFT, task)
        if step not in STEPS or task.state != "draft":
            raise NotFound
        return task

    def file(self, request: HttpRequest, task: VTask, form: StepForm) -> None:
        """What is not a column: the campaign's name, and files (never on an autosave, which sends none)."""
        cleaned = form.cleaned_data
        if "campaign_name" in cleaned and cleaned["campaign_name"] != (task.campaign.name if task.campaign else ""):
            file_under(actor=self.actor, public_id=task.public_id, campaign=cleaned["campaign_name"])
        try:
            if cleaned.get("photo"):
                upload_task_picture(actor=self.actor, public_id=task.public_id, file=cleaned["photo"])
            if cleaned.get("attachment"):
                name = request.FILES["attachment"].name or ""
                upload_attachment(actor=self.actor, public_id=task.public_id, file=cleaned["attachment"], name=name)
        except Refused as error:
            say_refusal(request, error)

    def preview(self, task: VTask) -> dict[str, object]:
        return {
            "task": task,
            "card": card_of(task, find_picture(self.actor, task.picture)),
            "saved_at": clock.now(),
        }

    def show(
        self, request: HttpRequest, task: VTask, step: str, form: StepForm | None = None, rows=None, status: int = 200
    ) -> HttpResponse:
        found = readiness.problems(task, today=clock.today(task.party.time_zone))
        context = self.preview(task) | {
            "form": form,
            "rows": rows,
            "step": step,
            "number": STEPS.index(step) + 1,
            "of": len(STEPS),
            "back": STEPS[STEPS.index(step) - 1] if step != STEPS[0] else "",
            "campaigns": list_campaigns(self.actor)[:20],
            "attachments": list(task.attachments.select_related("asset")),
            "wanting": set(found),
            "problems": [(name, [PROBLEMS[code] for code in codes]) for name, codes in found.items()],
            "hits": [said_hit(hit.as_json()) for hit in hits_of(task)] if step == "check" and not found else [],
            "may_post": TASK.can(self.actor, TaskAction.POST, task),
        }
        return render(request, f"campaigns/edit_{step if step == 'check' else 'step'}.html", context, status=status)


class AttachmentRemoveView(PartyView):
    kinds = MERCHANT_KINDS
    http_method_names = ("post",)

    def post(self, request: HttpRequest, task_id: str, asset_id: str) -> HttpResponse:
        detach(actor=self.actor, public_id=task_id, asset=asset_id)
        messages.success(request, _("Removed."))
        return redirect("task-edit", task_id, "brief")


def rows_of(task: VTask, step: str, data=None):
    return deliverables_formset(task, data) if step == "dates" else None


def kept(form: StepForm, rows) -> dict[str, object]:
    """Everything valid, complete or not."""
    fields = form.kept()
    if rows is not None and rows.is_valid():
        fields["deliverables"] = [row for row in (one.row() for one in rows) if row]
    return fields
