"""Where the figures of one's own record come from, one by one, and objecting to one of them."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.compliance.forms import AppealForm, ObjectionForm
from marketplace.compliance.machine import OBJECTION
from marketplace.compliance.models import Objection
from marketplace.compliance.policies import OBJECTIONS, ObjectionAction
from marketplace.compliance.selectors.objections import get_objection, objections_to, own_objection
from marketplace.compliance.services.objections import appeal_objection, file_objection
from marketplace.core import clock
from marketplace.core.errors import Conflict, NotFound
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView
from marketplace.reliability.measures import Source
from marketplace.reliability.selectors.figures import record_of
from marketplace.reliability.selectors.observations import (
    Observation,
    get_observation,
    get_source,
    list_observations,
)


@dataclass(frozen=True, slots=True)
class Line:
    """An observation with what the party said of it; `page` is where it stands."""

    seen: Observation
    page: str
    objection: Objection | None


class RecordView(PartyView):
    """All figures, and how each is counted."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "compliance/record.html", {"record": record_of(request.party)})


class ObservationsView(PartyView):
    """What a figure is counted from."""

    def get(self, request: HttpRequest, source: str) -> HttpResponse:
        kind = get_source(request.party, source)
        found = list_observations(request.party, kind, cursor=request.GET.get("after", ""))
        objections = objections_to(request.party.pk, source, [one.subject for one in found.rows])
        context = {
            "source": kind,
            "lines": [Line(one, page_of(kind, one), objections.get(one.subject)) for one in found.rows],
            "after": found.after,
            "may_object": OBJECTIONS.can(self.actor, ObjectionAction.FILE, request.party),
        }
        return render(request, "compliance/observations.html", context)


class ObjectView(PartyView):
    """The form. Who has objected already is led to the objection."""

    def get(self, request: HttpRequest, source: str, subject: str) -> HttpResponse:
        OBJECTIONS.authorise(self.actor, ObjectionAction.FILE, request.party)
        kind, seen = self.observation(request, source, subject)
        if before := own_objection(request.party.pk, source, subject):
            return redirect("objection", before.public_id)
        return self.show(request, kind, seen, ObjectionForm())

    def post(self, request: HttpRequest, source: str, subject: str) -> HttpResponse:
        OBJECTIONS.authorise(self.actor, ObjectionAction.FILE, request.party)
        kind, seen = self.observation(request, source, subject)
        form = ObjectionForm(request.POST)
        if not form.is_valid():
            return self.show(request, kind, seen, form, 422)
        try:
            filed = file_objection(actor=self.actor, source=source, subject=subject, words=form.cleaned_data["words"])
        except Conflict as error:
            form.add_error(None, sentence(error))
            return self.show(request, kind, seen, form, error.status)
        messages.success(request, _("Sent. Compliance looks at it and writes to you."))
        return redirect("objection", filed.public_id)

    def observation(self, request: HttpRequest, source: str, subject: str) -> tuple[Source, Observation]:
        kind = get_source(request.party, source)
        return kind, get_observation(request.party, kind, subject)

    def show(
        self, request: HttpRequest, kind: Source, seen: Observation, form: ObjectionForm, status: int = 200
    ) -> HttpResponse:
        context = {"source": kind, "line": Line(seen, page_of(kind, seen), None), "form": form}
        return render(request, "compliance/object.html", context, status=status)


class ObjectionView(PartyView):
    """What became of it, and the appeal against a rejection."""

    def get(self, request: HttpRequest, objection_id: str) -> HttpResponse:
        return self.show(request, self.own(request, objection_id), AppealForm())

    def post(self, request: HttpRequest, objection_id: str) -> HttpResponse:
        objection = self.own(request, objection_id)
        OBJECTIONS.authorise(self.actor, ObjectionAction.FILE, objection)
        form = AppealForm(request.POST)
        if not form.is_valid():
            return self.show(request, objection, form, 422)
        try:
            appeal_objection(actor=self.actor, public_id=objection_id, words=form.cleaned_data["words"])
        except Conflict as error:
            form.add_error(None, sentence(error))
            return self.show(request, objection, form, error.status)
        messages.success(request, _("Sent. Somebody else of our staff decides."))
        return redirect("objection", objection_id)

    def own(self, request: HttpRequest, objection_id: str) -> Objection:
        objection = get_objection(self.actor, objection_id)
        if objection.party_id != request.party.pk:  # compliance has the desk
            raise NotFound
        return objection

    def show(self, request: HttpRequest, objection: Objection, form: AppealForm, status: int = 200) -> HttpResponse:
        may = OBJECTIONS.can(self.actor, ObjectionAction.FILE, objection) and OBJECTION.can(objection, "appeal")
        in_time = objection.appeal_by is not None and clock.now() < objection.appeal_by
        context = {
            "objection": objection,
            "source": get_source(request.party, objection.source),
            "form": form if form.is_bound or (may and in_time) else None,
        }
        return render(request, "compliance/objection.html", context, status=status)


def page_of(source: Source, seen: Observation) -> str:
    return reverse(source.page, args=[seen.place])
