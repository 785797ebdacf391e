"""One candidacy, for both sides: who waits for whom until when, the log of offers, and the one next move."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import PartyKind
from marketplace.campaigns.forms.offer import OfferForm, WordForm
from marketplace.campaigns.machine import APPLICATION, NEGOTIATING, WAITING
from marketplace.campaigns.models import Application, Offer, Side
from marketplace.campaigns.policies import CANDIDACY, CandidacyAction, side_of
from marketplace.campaigns.selectors.candidates import get_application, list_own_applications, negotiation_of
from marketplace.campaigns.selectors.cards import card_of
from marketplace.campaigns.selectors.people import facts_of, works_of
from marketplace.campaigns.selectors.standby import open_call, stands_by
from marketplace.campaigns.services import offers
from marketplace.campaigns.services.applying import withdraw
from marketplace.campaigns.services.choosing import decline_candidate, sort_into
from marketplace.campaigns.services.standby import take_off_bench
from marketplace.campaigns.wording import PROBLEMS
from marketplace.chat import talk
from marketplace.chat.selectors.conversations import conversation_about
from marketplace.contracts.errors import ImpossibleTerms
from marketplace.contracts.wording import PROBLEMS as TERM_PROBLEMS
from marketplace.core.errors import Conflict, Forbidden, NotFound, Refused
from marketplace.core.record import timeline
from marketplace.http.keyset import Order, page_of
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView, say_refusal
from marketplace.media.selectors import PictureView, find_picture, pictures_of

PAGE = 20
MOVED = Order(("moved_at", "id"))
LANES = {"shortlist": "shortlisted", "waitlist": "waitlisted", "unlist": "applied"}


class ApplicationsView(PartyView):
    """Where the anchor, or the agency that applies for her, stands everywhere."""

    kinds = frozenset({PartyKind.ANCHOR, PartyKind.AGENCY})

    def get(self, request: HttpRequest) -> HttpResponse:
        show = request.GET.get("show", "")
        found = list_own_applications(self.actor)
        if show == "over":
            found = found.filter(state__in=["declined", "withdrawn", "expired"])
        else:
            show, found = "", found.live()
        page = page_of(found, MOVED, cursor=request.GET.get("after", ""), size=PAGE)
        return render(request, "campaigns/applications.html", {"page": page, "show": show})


class ApplicationView(PartyView):
    def get(self, request: HttpRequest, application_id: str) -> HttpResponse:
        application = get_application(self.actor, application_id)
        side = side_of(self.actor, application)
        log = negotiation_of(application)
        on_the_table = next((view for view in log if view.is_open), None)
        mine = on_the_table is not None and on_the_table.offer.side == side
        conversation = conversation_about(self.actor, application_id)
        context = {
            "application": application,
            "task": application.task,
            "card": card_of(application.task, find_picture(self.actor, application.task.picture)),
            "side": side,
            "log": log,
            "open": on_the_table,
            "my_turn": on_the_table is not None and not mine,
            "mine": mine,
            "moves": {one.name for one in APPLICATION.transitions if APPLICATION.can(application, one.name)},
            "waiting": application.state in WAITING,
            "negotiating": application.state in NEGOTIATING,
            "may": {action.value: CANDIDACY.can(self.actor, action, application) for action in CandidacyAction},
            "works": self.works(application),
            "events": timeline(application.public_id),
            "talk": talk.shown(self.actor, conversation) if conversation else None,
            "word_form": WordForm(),
        }
        if application.task.is_live and application.state in WAITING:
            context |= {"stands_by": stands_by(application), "call": open_call(application)}
        return render(request, "campaigns/application.html", context)

    def works(self, application: Application) -> list[tuple[dict[str, str], PictureView | None]]:
        """What she chose to show with it, each with its picture."""
        if not application.portfolio:
            return []
        chosen = works_of(facts_of(application.anchor), application.portfolio)
        pictures = pictures_of(self.actor, [work["picture"] for work in chosen])
        return [(work, pictures.get(work["picture"])) for work in chosen]

    def post(self, request: HttpRequest, application_id: str) -> HttpResponse:
        application = get_application(self.actor, application_id)
        if not any(CANDIDACY.can(self.actor, action, application) for action in CandidacyAction):
            raise Forbidden(action="candidacy")
        act = request.POST.get("act", "")
        if act not in ACTS:
            raise NotFound
        function, said = ACTS[act]
        try:
            application = function(self.actor, application_id, request)
        except (Refused, Conflict) as error:
            say_refusal(request, error)
            return redirect("application", application_id)
        messages.success(request, str(said))
        if act == "accept":
            return redirect("contract", application.contract)
        return redirect("application", application_id)


def sort(actor, public_id: str, request: HttpRequest) -> Application:
    return sort_into(actor=actor, public_id=public_id, lane=LANES[request.POST["act"]])


def leave_bench(actor, public_id: str, request: HttpRequest) -> Application:
    return take_off_bench(actor=actor, public_id=public_id)


def accept(actor, public_id: str, request: HttpRequest) -> Application:
    return offers.accept_offer(actor=actor, public_id=public_id, answers=request.POST.get("offer", ""))


def extend(actor, public_id: str, request: HttpRequest) -> Offer:
    return offers.extend_offer(actor=actor, public_id=public_id, offer_public_id=request.POST.get("offer", ""))


def rescind(actor, public_id: str, request: HttpRequest) -> Application:
    return offers.rescind_offer(actor=actor, public_id=public_id, offer_public_id=request.POST.get("offer", ""))


def step_back(actor, public_id: str, request: HttpRequest) -> Application:
    return withdraw(actor=actor, public_id=public_id, word=request.POST.get("word", ""))


def say_no(actor, public_id: str, request: HttpRequest) -> Application:
    return decline_candidate(actor=actor, public_id=public_id, word=request.POST.get("word", ""))


ACTS = {
    "shortlist": (sort, gettext_lazy("On the shortlist.")),
    "waitlist": (sort, gettext_lazy("On the waitlist.")),
    "unlist": (sort, gettext_lazy("Back among the applications.")),
    "accept": (accept, gettext_lazy("Agreed. The contract is drafted; it binds when everybody has signed.")),
    "extend": (extend, gettext_lazy("The offer holds 72 hours longer.")),
    "rescind": (rescind, gettext_lazy("The offer is taken back.")),
    "leave_bench": (leave_bench, gettext_lazy("Done. You do not stand by any more.")),
    "withdraw": (step_back, gettext_lazy("You have stepped back. Nothing is owed.")),
    "decline": (say_no, gettext_lazy("Declined. The other side has been told.")),
}


class OfferView(PartyView):
    """The merchant's first offer, or a counter-offer by whoever answers."""

    def get(self, request: HttpRequest, application_id: str) -> HttpResponse:
        application, before = self.turn(application_id)
        return self.show(request, application, before, OfferForm(application=application, before=before))

    def post(self, request: HttpRequest, application_id: str) -> HttpResponse:
        application, before = self.turn(application_id)
        form = OfferForm(request.POST, application=application, before=before)
        if not form.is_valid():
            return self.show(request, application, before, form, 422)
        common = {
            "actor": self.actor,
            "public_id": application_id,
            "terms": form.terms,
            "message": form.cleaned_data["message"],
        }
        try:
            if before is None:
                offers.make_offer(**common)
            else:
                offers.counter_offer(answers=form.cleaned_data["answers"], **common)
        except ImpossibleTerms as error:
            for code in error.context["problems"]:
                form.add_error(None, str(PROBLEMS.get(code, TERM_PROBLEMS.get(code, code))))
            return self.show(request, application, before, form, error.status)
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, application, before, form, error.status)
        messages.success(request, _("The offer is on the table for 72 hours."))
        return redirect("application", application_id)

    def turn(self, application_id: str) -> tuple[Application, Offer | None]:
        """The offer that this one answers; none for a first one, which only the merchant makes."""
        application = get_application(self.actor, application_id)
        before = application.offers.filter(state="open").first()
        action = CandidacyAction.COUNTER if before else CandidacyAction.OFFER
        CANDIDACY.authorise(self.actor, action, application)
        side = side_of(self.actor, application)
        if (before is None and (side != Side.MERCHANT or application.state not in WAITING)) or (
            before is not None and before.side == side
        ):
            raise Forbidden(action="offer")
        return application, before

    def show(
        self, request: HttpRequest, application: Application, before: Offer | None, form: OfferForm, status: int = 200
    ) -> HttpResponse:
        context = {"application": application, "task": application.task, "before": before, "form": form}
        return render(request, "campaigns/offer.html", context, status=status)
