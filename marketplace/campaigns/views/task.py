"""One V task, as whoever looks at it needs it: signed out, eligible, not eligible yet, an agency, or its merchant."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from marketplace.accounts.models import Party, PartyKind
from marketplace.campaigns.errors import NotEligible
from marketplace.campaigns.forms.apply import ApplyForm
from marketplace.campaigns.models import VTask
from marketplace.campaigns.selectors.cards import card_of, extra_of, price_of
from marketplace.campaigns.selectors.people import facts_of, works_of
from marketplace.campaigns.selectors.products import shown_of
from marketplace.campaigns.selectors.tasks import Reader, get_task, reader_of
from marketplace.campaigns.services.applying import apply
from marketplace.campaigns.wording import said_requirement
from marketplace.contracts.selectors import representation_for
from marketplace.contracts.tax import vat_bp
from marketplace.contracts.waterfall import Waterfall, waterfall
from marketplace.core import clock
from marketplace.core.errors import Conflict, Forbidden, NotFound, Refused
from marketplace.core.money import Money
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView
from marketplace.reliability.selectors.figures import record_of


class TaskView(View):
    """Everybody may look at an open one."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, task_id: str) -> HttpResponse:
        task = get_task(request.actor, task_id)
        reader = reader_of(request.actor, request.party, task)
        shown = shown_of(request.actor, task)
        context = {
            "task": task,
            "card": card_of(task, shown.photo),
            "products": shown.products,
            "price": price_of(task),
            "extra": extra_of(task),
            "deliverables": deliverables_of(task),
            "reader": reader,
            "asked": [(one, *said_requirement(one)) for one in reader.requirements],
            "falls": falls_for(request.party, task),
            "record": record_of(task.party),
            "attachments": list(task.attachments.select_related("asset")),
        }
        return render(request, "campaigns/task.html", context)


def deliverables_of(task: VTask) -> list[dict[str, object]]:
    if not task.publish_from:
        return []
    deal = task.deal()
    releases = zip(deal.deliverables, deal.releases_minor, strict=True)
    return [{"item": item, "releases": Money(minor, deal.currency)} for item, minor in releases]


def falls_for(party: Party | None, task: VTask) -> Waterfall | None:
    """What an anchor would really get of the fee, her own agency's share taken into account."""
    if not task.has_fee or not task.form:
        return None
    representation = representation_for(party, task.scope) if party and party.kind == PartyKind.ANCHOR else None
    return waterfall(
        task.fee_max,
        vat_bp=vat_bp(settings.PLATFORM_VAT_COUNTRY, clock.today()),
        agency_share_bp=representation.fee_share_bp if representation else 0,
    )


class ApplyView(PartyView):
    """The application: a message, a quote where the task leaves it open, what to show. An agency says for whom."""

    kinds = frozenset({PartyKind.ANCHOR, PartyKind.AGENCY})

    def get(self, request: HttpRequest, task_id: str) -> HttpResponse:
        task, reader = self.task(request, task_id)
        anchor = self.anchor(reader, request.GET.get("anchor", ""))
        if anchor is None:
            return self.ask_for_whom(request, task, reader)
        return self.show(request, task, reader, anchor, ApplyForm(task=task, works=works_of(facts_of(anchor))))

    def post(self, request: HttpRequest, task_id: str) -> HttpResponse:
        task, reader = self.task(request, task_id)
        anchor = self.anchor(reader, request.POST.get("anchor", ""))
        if anchor is None:
            raise NotFound
        form = ApplyForm(request.POST, task=task, works=works_of(facts_of(anchor)))
        if not form.is_valid():
            return self.show(request, task, reader, anchor, form, 422)
        try:
            application = apply(
                actor=self.actor,
                task_public_id=task_id,
                message=form.cleaned_data["message"],
                quote_minor=form.cleaned_data.get("quote_minor"),
                portfolio=tuple(form.cleaned_data.get("portfolio", ())),
                anchor_public_id=anchor.public_id,
            )
        except (Refused, Conflict) as error:
            form.add_error(None, self.said(error, reader, anchor))
            return self.show(request, task, reader, anchor, form, error.status)
        return redirect("application", application.public_id)

    def task(self, request: HttpRequest, task_id: str) -> tuple[VTask, Reader]:
        if self.actor.role == "viewer":
            raise Forbidden(action="apply")
        task = get_task(self.actor, task_id)
        if task.state != "open":
            raise NotFound
        return task, reader_of(self.actor, request.party, task)

    def anchor(self, reader: Reader, public_id: str) -> Party | None:
        """Oneself; or whom of those that the agency represents for this work."""
        if reader.kind == "anchor":
            return self.request.party
        return next((one.anchor for one in reader.anchors if one.anchor.public_id == public_id), None)

    def ask_for_whom(self, request: HttpRequest, task: VTask, reader: Reader) -> HttpResponse:
        choices = [(one, [said_requirement(lack)[0] for lack in one.lacking]) for one in reader.anchors]
        return render(request, "campaigns/apply_for.html", {"task": task, "choices": choices})

    def said(self, error: Refused | Conflict, reader: Reader, anchor: Party) -> str:
        if isinstance(error, NotEligible):
            asked = reader.requirements or next(one.requirements for one in reader.anchors if one.anchor == anchor)
            lacking = [said_requirement(one)[0] for one in asked if not one.met]
            return _("Still missing: %(what)s") % {"what": ", ".join(lacking)}
        return sentence(error)

    def show(
        self, request: HttpRequest, task: VTask, reader: Reader, anchor: Party, form: ApplyForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "task": task,
            "reader": reader,
            "anchor": anchor,
            "form": form,
            "falls": falls_for(anchor, task),
        }
        return render(request, "campaigns/apply.html", context, status=status)
