"""Every component in every state, in both themes: the reference of those who build pages, and of the visual tests."""

import re
from functools import cache
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.http.forms import MoneyField
from marketplace.http.sharing import shared
from marketplace.media.selectors import FileView
from marketplace.web import examples
from marketplace.web.states import STATES

COLOURS = (
    *("ground", "surface", "sunken", "raised", "ink", "ink-2", "ink-3", "line", "line-strong", "link"),
    *("signal", "signal-hover", "on-signal", "signal-soft", "signal-ink"),
    *("haven", "on-haven", "haven-soft", "haven-ink", "haven-line"),
    *("tide", "tide-soft", "tide-ink", "wait", "wait-soft", "wait-ink", "done", "done-soft", "done-ink"),
    *("stop", "stop-soft", "stop-ink", "quiet", "quiet-soft", "quiet-ink", "sun"),
    *("tint-1", "tint-2", "tint-3", "tint-4", "tint-5", "tint-6"),
    *("chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6"),
)
SCENES = ("bollard", "fog", "rope", "gate", "leak", "harbour")
TYPE_STEPS = ("64", "38", "30", "24", "20", "18", "16")
GLYPHS = ("tea", "audio", "dumpling", "run", "flame", "skin", "camp", "orange", "plant", "box")


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As it stands on your papers.")
    handle = forms.CharField(label="Douyin name", required=False)
    amount = MoneyField(label="Amount")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    kind = forms.ChoiceField(label="Form", choices=[("live", "Whole live"), ("video", "Video")])
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    days = forms.MultipleChoiceField(
        label="Days", choices=[("sat", "Saturday"), ("sun", "Sunday")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="I accept the terms.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = "CNY"
        self.fields["name"].label, self.fields["name"].help_text = _("Name"), _("As it stands on your papers.")
        self.fields["handle"].label, self.fields["amount"].label = _("Douyin name"), _("Amount")
        self.fields["password"].label, self.fields["kind"].label = _("Password"), _("Form of the work")
        self.fields["note"].label, self.fields["days"].label = _("Note"), _("Days")
        self.fields["kind"].choices = [("live", _("Whole live")), ("video", _("Video"))]
        self.fields["days"].choices = [("sat", _("Saturday")), ("sun", _("Sunday"))]
        self.fields["agreed"].label = _("I accept the terms.")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    themes = [theme("light", _("light")), theme("dark", _("dark"))]
    context = {
        "themes": themes,
        "colours": COLOURS,
        "states": STATES,
        "scenes": SCENES,
        "glyphs": GLYPHS,
        "type_steps": TYPE_STEPS,
        "icons": icons(),
        "tasks": [*examples.tasks(), {**examples.tasks()[0], "closed": True, "fit": 0}],
        "matches": examples.matches(),
        "profile": examples.profile() | {"share": shared("/anchors/")},
        "page": Paginator(range(60), 10).get_page(request.GET.get("page", 2)),
    }
    return render(request, "marketplace/styleguide.html", context)


def theme(name: str, label: str) -> dict[str, Any]:
    """What a half of the page needs: names and ids of its own, so that both can stand on one page."""
    refused = {"name": "", "handle": "xia wei", "amount": "12,6", "password": "", "kind": "live"}
    line = examples.money_line()
    return {
        "name": name,
        "label": label,
        "form": SampleForm(auto_id=f"{name}-%s"),
        "refused": SampleForm(refused, auto_id=f"{name}-bad-%s"),
        "line": line | {"title": titled(label), "entries": 14, "entries_url": "#money-line"},
        "unbalanced": line | {"title": titled(label, _("unbalanced")), "balanced": False, "off_by": "0.01", "legs": []},
        "film": FileView(f"sample-{name}", "final-cut.mp4", 1, "video/mp4", True, "DRAFT · Mooring · 7kq2ab", ""),
        "todo": line | examples.nothing_released() | {"title": titled(label, _("to come"))},
        "fit": examples.fit(label),
    }


def titled(*labels: str) -> str:
    """Two parts of a page need different names."""
    return _("Where the money is now") + f" ({', '.join(labels)})"


@cache
def icons() -> list[str]:
    """The ids of the sprite."""
    path = finders.find("img/icons.svg")
    if not path:
        return []
    with open(path, encoding="utf-8") as sprite:
        return re.findall(r'<symbol id="([^"]+)"', sprite.read())
