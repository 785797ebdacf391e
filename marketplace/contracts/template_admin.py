"""The library of the contract's words, for compliance: versions, a draft to edit, what it says and what it changes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.contracts.documents import LANGUAGES
from marketplace.contracts.errors import TemplateChanged
from marketplace.contracts.forms.template import MOST, ClauseForms, NoteForm
from marketplace.contracts.library.checks import check
from marketplace.contracts.library.conditions import choices
from marketplace.contracts.library.examples import EXAMPLES, draft_of
from marketplace.contracts.library.placeholders import PLACEHOLDERS
from marketplace.contracts.library.wording import braced, said_clause, said_event, said_finding
from marketplace.contracts.library.writing import write
from marketplace.contracts.machine import TemplateState
from marketplace.contracts.models import ContractTemplate
from marketplace.contracts.selectors.templates import clauses_of, difference_of, get_template, in_force
from marketplace.contracts.services.templates import copy_template, discard_template, edit_template, publish_template
from marketplace.core.actor import Actor, Source, StaffRole
from marketplace.core.errors import Conflict, Forbidden, NotFound, Refused
from marketplace.core.record import timeline
from marketplace.http.sentences import sentence
from marketplace.http.staff import StaffAdmin
from marketplace.http.views import say_refusal

NAME = "contracts_contracttemplate"


@admin.register(ContractTemplate)
class ContractTemplateAdmin(StaffAdmin):
    roles = frozenset({StaffRole.COMPLIANCE})
    change_list_template = "contracts/admin/templates.html"
    change_form_template = "contracts/admin/template.html"
    object_history_template = "contracts/admin/template_history.html"
    list_display = ("version", "state", "note", "edited_by", "edited_at", "published_by", "published_at")
    list_filter = ("state",)
    list_select_related = ("edited_by", "published_by")
    search_fields = ("version", "note")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContractTemplate]:
        return super().get_queryset(request).visible_to(request.actor)

    def get_urls(self) -> list:
        views = {
            "edit": self.edit,
            "preview": self.preview,
            "difference": self.difference,
            "copy": self.copy,
            "publish": self.publish,
            "discard": self.discard,
        }
        own = [
            path(f"<str:public_id>/{name}/", self.admin_site.admin_view(self._allowed(view)), name=f"{NAME}_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().changelist_view(request, (extra_context or {}) | {"published": in_force()})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        template = kwargs.get("obj")
        context |= {
            "template": template,
            "clauses": [(clause, said_clause(clause)) for clause in clauses_of(template)],
            "findings": len(check(clauses_of(template))) if template.is_draft else 0,
            "is_mine": template.is_draft and template.edited_by_id == request.user.pk,
            "is_overtaken": template.is_draft and template.replaces.state != TemplateState.PUBLISHED,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        template = self.get_object(request, object_id)
        events = timeline(template.public_id) if template else ()
        said = {"events": [(event, said_event(event.name, event.data)) for event in events]}
        return super().history_view(request, object_id, (extra_context or {}) | said)

    def edit(self, request: HttpRequest, template: ContractTemplate) -> HttpResponse:
        """What is wrong stands beside its field; what was typed stays, whatever came of it."""
        if not template.is_draft:
            messages.warning(request, _("It is no draft any more: copy it, and edit the copy."))
            return self._show(template)
        if request.method == "POST":
            return self._save(request, template, NoteForm(request.POST), ClauseForms(request.POST))
        clauses = clauses_of(template)
        forms = ClauseForms(clauses=clauses)
        findings = check(clauses)
        forms.show(findings)
        whole = [said_finding(finding) for finding in findings if not finding.key]
        note = NoteForm(initial={"seen": template.edits, "note": template.note})
        return self._edit_page(request, template, note, forms, whole=whole)

    def _save(
        self, request: HttpRequest, template: ContractTemplate, note: NoteForm, forms: ClauseForms
    ) -> HttpResponse:
        if not (note.is_valid() and forms.is_valid()):
            whole = [_("At most %(most)s clauses.") % {"most": MOST}] if forms.are_too_many else []
            return self._edit_page(request, template, note, forms, whole=whole, status=422)
        given = {"note": note.cleaned_data["note"], "clauses": forms.clauses, "seen": note.cleaned_data["seen"]}
        try:
            edit_template(actor=by_admin(request), public_id=template.public_id, **given)
        except TemplateChanged as refusal:
            return self._edit_page(request, template, note, forms, whole=[sentence(refusal)], status=409)
        except Conflict as refusal:
            say_refusal(request, refusal)
            return self._show(template)
        left = len(check(forms.clauses))
        if left:
            said = ngettext(
                "Saved. %(n)s thing has to be mended before it can be published.",
                "Saved. %(n)s things have to be mended before it can be published.",
                left,
            )
            messages.warning(request, said % {"n": left})
        else:
            messages.success(request, _("Saved. Somebody else of compliance can publish it."))
        return redirect(f"admin:{NAME}_edit", template.public_id)

    def _edit_page(
        self,
        request: HttpRequest,
        template: ContractTemplate,
        note: NoteForm,
        forms: ClauseForms,
        *,
        whole: list[str],
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "title": _("Edit version %(version)s") % {"version": template.version},
            "note": note,
            "forms": forms,
            "whole": whole,
            "placeholders": [(braced(name), one) for name, one in PLACEHOLDERS.items()],
            "conditions": [label for _code, label in choices()],
        }
        return self._page(request, template, "contracts/admin/template_edit.html", context, status=status)

    def preview(self, request: HttpRequest, template: ContractTemplate) -> HttpResponse:
        name = request.GET.get("deal", "plain")
        if name not in EXAMPLES:
            raise Http404
        clauses, draft = clauses_of(template), draft_of(name, template.version)
        texts = [(language, language == draft.governing, write(clauses, draft, language)) for language in LANGUAGES]
        title = _("What version %(version)s says") % {"version": template.version}
        context = {"title": title, "texts": texts, "chosen": name, "examples": EXAMPLES}
        return self._page(request, template, "contracts/admin/template_preview.html", context)

    def difference(self, request: HttpRequest, template: ContractTemplate) -> HttpResponse:
        before, found = difference_of(template)
        changes = [(change, said_clause(change.before), said_clause(change.after)) for change in found]
        title = _("What version %(version)s changes") % {"version": template.version}
        context = {"title": title, "before": before, "changes": changes}
        return self._page(request, template, "contracts/admin/template_difference.html", context)

    def copy(self, request: HttpRequest, template: ContractTemplate) -> HttpResponse:
        said = _("Copied as a new draft. Nobody sees it before it is published.")
        return self._act(request, template, lambda given: copy_template(**given), said, edit=True)

    def publish(self, request: HttpRequest, template: ContractTemplate) -> HttpResponse:
        seen = request.POST.get("seen", "")
        counted = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
        said = _("Published: contracts are drafted from it, from now on.")
        return self._act(request, template, lambda given: publish_template(**given, seen=counted), said)

    def discard(self, request: HttpRequest, template: ContractTemplate) -> HttpResponse:
        said = _("Discarded. It can still be read and copied.")
        return self._act(request, template, lambda given: discard_template(**given), said)

    def _act(
        self,
        request: HttpRequest,
        template: ContractTemplate,
        act: Callable[[dict[str, Any]], ContractTemplate],
        said: str,
        *,
        edit: bool = False,
    ) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            done = act({"actor": by_admin(request), "public_id": template.public_id})
        except (Conflict, Refused, Forbidden) as refusal:
            say_refusal(request, refusal)
            return self._show(template)
        messages.success(request, said)
        return redirect(f"admin:{NAME}_edit", done.public_id) if edit else self._show(done)

    def _allowed(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """The version, for whoever may see it: a stranger to compliance is told that it is not for her."""

        def wrapped(request: HttpRequest, public_id: str) -> HttpResponse:
            if not self.has_view_permission(request):
                return HttpResponse(status=403)
            try:
                template = get_template(request.actor, public_id)
            except NotFound:
                raise Http404 from None
            return view(request, template)

        return wrapped

    def _page(
        self, request: HttpRequest, template: ContractTemplate, name: str, context: dict, status: int = 200
    ) -> HttpResponse:
        whole = self.admin_site.each_context(request) | {"template": template, "opts": self.opts} | context
        return TemplateResponse(request, name, whole, status=status)

    def _show(self, template: ContractTemplate) -> HttpResponse:
        return redirect(f"admin:{NAME}_change", template.pk)


def by_admin(request: HttpRequest) -> Actor:
    return replace(request.actor, source=Source.ADMIN)
