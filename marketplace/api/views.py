from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe
from django.views.generic import View

from marketplace.accounts.scopes import Scope
from marketplace.api.document import as_text
from marketplace.api.reference import reference
from marketplace.http.api.problems import codes

TAGS = {
    "applications": _("Applications"),
    "contracts": _("Contracts"),
    "earnings": _("Earnings"),
    "offers": _("Offers"),
    "profiles": _("Profiles"),
    "saved searches": _("Saved searches"),
    "tasks": _("V tasks"),
}


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(as_text(), content_type="application/json")
    response["Cache-Control"] = "public, max-age=3600"
    return response


class ReferenceView(View):
    """Where to begin, and every operation by a line, for people, without a line of script. The frame is in the
    reader's language; names, shapes and what the document says of them are what programs read, and stay as they are.
    """

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        groups = [(slugify(tag), gettext(TAGS[tag]), found) for tag, found in reference().items()]
        toc = {
            "start": gettext("Where to begin"),
            "again": gettext("The same request twice"),
            "pages": gettext("Long lists"),
            **{group: title for group, title, _found in groups},
            "errors": gettext("Errors"),
        }
        context = {"toc": toc, "groups": groups, "scopes": Scope.choices, "codes": sorted(codes().items())}
        context |= {kind: settings.API_LIMITS[kind.removesuffix("s")][0] for kind in ("reads", "writes")}
        return render(request, "api/reference.html", context)


class GroupView(View):
    """The operations about one thing, each with what goes in and what comes out."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, group: str) -> HttpResponse:
        for tag, operations in reference().items():
            if slugify(tag) == group:
                context = {"group": group, "title": gettext(TAGS[tag]), "operations": operations}
                return render(request, "api/group.html", context)
        raise Http404
