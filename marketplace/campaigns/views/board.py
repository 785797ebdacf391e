"""The candidate board: as many berths as seats, and below them everybody who waits, negotiates or has gone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.models import Party, PartyKind
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.campaigns.forms.invite import InviteForm
from marketplace.campaigns.models import Application, VTask
from marketplace.campaigns.policies import TASK, TaskAction
from marketplace.campaigns.selectors.candidates import MOST_COMPARED, board_of
from marketplace.campaigns.selectors.tasks import get_own_task, list_own_tasks
from marketplace.campaigns.services.choosing import invite
from marketplace.core.errors import Conflict
from marketplace.http.views import PartyView, say_refusal
from marketplace.media.selectors import pictures_of

LANES_SHOWN = ("shortlisted", "applied", "invited", "waitlisted")
OVER = ("declined", "withdrawn", "expired")


class BoardView(PartyView):
    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest, task_id: str) -> HttpResponse:
        task = get_own_task(self.actor, task_id)
        lanes = dict(board_of(task))
        everybody = [one for rows in lanes.values() for one in rows]
        pictures = pictures_of(self.actor, [picture_of(one.anchor) for one in everybody])
        for one in everybody:
            found = pictures.get(picture_of(one.anchor))
            one.face = found.face if found else ""
        chosen = next((one for one in everybody if one.public_id == request.GET.get("chosen")), None)
        compared = [one for one in everybody if one.public_id in request.GET.getlist("compare")][:MOST_COMPARED]
        context = {
            "task": task,
            "berths": berths_of(task, lanes),
            "lanes": [(name, lanes[name]) for name in LANES_SHOWN if lanes[name]],
            "over": [(name, len(lanes[name])) for name in OVER if lanes[name]],
            "gone": [one for name in OVER for one in lanes[name]],
            "chosen": chosen or next(iter(lanes["shortlisted"] + lanes["applied"]), None),
            "compared": compared,
            "comparable": [one for name in ("shortlisted", "applied") for one in lanes[name]],
            "directory": directory(),
            "anybody": bool(everybody),
            "may_invite": TASK.can(self.actor, TaskAction.INVITE, task) and task.state == "open",
        }
        return render(request, "campaigns/board.html", context)


def directory() -> str:
    """Where anchors are found: a page of a side, which the ground knows by its name only."""
    try:
        return reverse("anchors")
    except NoReverseMatch:
        return ""


def picture_of(party: Party) -> str:
    card = getattr(party, "card", None)
    return card.picture if card else ""


def berths_of(task: VTask, lanes: dict[str, list[Application]]) -> list[Application | None]:
    """One berth a seat: who has signed or agreed, who has an offer, and the free ones; at most twelve are drawn."""
    moored = lanes["accepted"] + lanes["offered"] + lanes["countered"]
    free = max(task.seats - len(lanes["accepted"]) - len(lanes["offered"]) - len(lanes["countered"]), 0)
    return [*moored, *[None] * free][:12]


class InviteAnchorsView(PartyView):
    """From the directory: these anchors, to one of the merchant's open tasks, with a word."""

    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, InviteForm(tasks=self.tasks(), initial={"task": request.GET.get("task", "")}))

    def post(self, request: HttpRequest) -> HttpResponse:
        TASK.authorise(self.actor, TaskAction.INVITE, request.party)
        form = InviteForm(request.POST, tasks=self.tasks())
        if not form.is_valid():
            return self.show(request, form, 422)
        task_id = form.cleaned_data["task"]
        chosen = [anchor.public_id for anchor in self.anchors(request)]
        try:
            invited = invite(actor=self.actor, task_public_id=task_id, anchors=chosen, words=form.cleaned_data["words"])
        except Conflict as error:
            say_refusal(request, error)
            return redirect("candidates", task_id)
        n = len(invited)
        said = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", n) % {"n": n}
        if n < len(chosen):
            said += " " + _("Those who are candidates already, or belong to you, were passed over.")
        messages.success(request, said)
        return redirect("candidates", task_id)

    def tasks(self) -> list[VTask]:
        return list(list_own_tasks(self.actor, state="open").order_by("-id")[:50])

    def anchors(self, request: HttpRequest) -> list[Party]:
        data = request.POST if request.method == "POST" else request.GET
        wanted = data.getlist("anchor")[:50]
        return list(Party.objects.filter(kind=PartyKind.ANCHOR, state="active", public_id__in=wanted).order_by("name"))

    def show(self, request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
        TASK.authorise(self.actor, TaskAction.INVITE, request.party)
        context = {"form": form, "anchors": self.anchors(request), "tasks": self.tasks()}
        return render(request, "campaigns/invite.html", context, status=status)
