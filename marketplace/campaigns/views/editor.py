"""Writing a V task in a few calm steps. Every step saves itself while one writes; what is wrong stays on the screen."""

from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.campaigns import readiness
from marketplace.campaigns.flows.files import upload_attachment, upload_product, upload_task_picture
from marketplace.campaigns.forms.products import products_formset
from marketplace.campaigns.forms.task import STEP_FORMS, StepForm, deliverables_formset
from marketplace.campaigns.models import VTask
from marketplace.campaigns.policies import TASK, TaskAction
from marketplace.campaigns.selectors.cards import card_of
from marketplace.campaigns.selectors.products import shown_of
from marketplace.campaigns.selectors.tasks import get_own_task, list_campaigns
from marketplace.campaigns.services.files import detach
from marketplace.campaigns.services.products import remove_product
from marketplace.campaigns.services.publishing import hits_of
from marketplace.campaigns.services.tasks import create_task, file_under, save_task
from marketplace.campaigns.wording import PROBLEMS, said_hit
from marketplace.core import clock
from marketplace.core.errors import NotFound, Refused
from marketplace.http.views import PartyView, say_refusal

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
        rows = rows_of(task, step, request.POST, request.FILES)
        leaving = request.POST.get("remove", "")
        right = all([form.is_valid(), all_right(rows, leaving)])
        task = save_task(actor=self.actor, public_id=task_id, fields=kept(form, step, rows))
        self.file(request, task, form)
        if step == "job" and rows is not None:
            self.write_products(task, rows, leaving)
        if request.htmx:
            return render(request, "campaigns/partials/autosaved.html", self.preview(task))
        if not right:
            return self.show(request, task, step, form, rows, 422, leaving)
        if "more" in request.POST or leaving:
            return redirect(f"{reverse('task-edit', args=[task_id, step])}#products")
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

    def write_products(self, task: VTask, rows: BaseFormSet, leaving: str) -> None:
        """Every row that says something valid; then what was asked to go."""
        for row in staying(rows, leaving):
            if fields := row.kept():
                place, photo = row.cleaned_data.get("place"), row.cleaned_data.get("photo")
                upload_product(actor=self.actor, public_id=task.public_id, place=place, fields=fields, file=photo)
        if leaving:
            remove_product(actor=self.actor, public_id=task.public_id, product=leaving)

    def preview(self, task: VTask) -> dict[str, Any]:
        shown = shown_of(self.actor, task)
        return {
            "task": task,
            "card": card_of(task, shown.photo),
            "products": shown.products,
            "saved_at": clock.now(),
        }

    def show(
        self,
        request: HttpRequest,
        task: VTask,
        step: str,
        form: StepForm | None = None,
        rows: BaseFormSet | None = None,
        status: int = 200,
        leaving: str = "",
    ) -> HttpResponse:
        found = readiness.problems(task, today=clock.today(task.party.time_zone))
        preview = self.preview(task)
        photos = {product.place: photo for product, photo in preview["products"]}
        context = preview | {
            "form": form,
            "rows": rows,
            "product_rows": [(row, photos.get(row.standing)) for row in staying(rows, leaving)]
            if step == "job"
            else [],
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


def rows_of(task: VTask, step: str, data=None, files=None) -> BaseFormSet | None:
    """The step's rows: what is owed, or products. A request without them leaves products as they are."""
    if step == "dates":
        return deliverables_formset(task, data)
    if step == "job" and (data is None or "p-TOTAL_FORMS" in data):
        return products_formset(task, data, files)
    return None


def staying(rows: BaseFormSet | None, leaving: str) -> list[Form]:
    """The rows but for that of the product that is asked to go: what is wrong in it matters no more."""
    return [row for row in rows or () if not leaving or getattr(row.product, "public_id", "") != leaving]


def all_right(rows: BaseFormSet | None, leaving: str) -> bool:
    """Reads every row, so that what is right in one can be kept whatever stands in another."""
    if rows is None or rows.is_valid():
        return True
    return bool(leaving) and not any(row.errors for row in staying(rows, leaving))


def kept(form: StepForm, step: str, rows: BaseFormSet | None) -> dict[str, object]:
    """Everything valid, complete or not."""
    fields = form.kept()
    if step == "dates" and rows is not None and rows.is_valid():
        fields["deliverables"] = [row for row in (one.row() for one in rows) if row]
    return fields
