"""What the pages of campaigns say about states, terms and figures."""

from collections.abc import Mapping

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from marketplace.accounts.models import Party
from marketplace.accounts.platforms import Platform
from marketplace.campaigns.machine import WAITING, ApplicationState, OfferState, StandbyCallState, VTaskState
from marketplace.campaigns.models import Application, Offer, Side, StandbyCall, VTask
from marketplace.contracts.waterfall import Waterfall
from marketplace.core import clock
from marketplace.reliability.selectors.figures import Record
from marketplace.reliability.wording import said_hours

register = template.Library()

V_TASK_WORDS = {
    VTaskState.DRAFT: (gettext_lazy("Draft"), "quiet"),
    VTaskState.IN_REVIEW: (gettext_lazy("In review"), "wait"),
    VTaskState.OPEN: (pgettext_lazy("v_task", "Open"), "live"),
    VTaskState.PAUSED: (gettext_lazy("Paused"), "hold"),
    VTaskState.CLOSED: (gettext_lazy("Closed"), "quiet"),
    VTaskState.ARCHIVED: (gettext_lazy("Archived"), "quiet"),
    VTaskState.REJECTED: (gettext_lazy("Rejected"), "stop"),
}
# State → (word, tone for the merchant, tone for the anchor's side): "turn" is for whoever must act.
APPLICATION_WORDS = {
    ApplicationState.INVITED: (gettext_lazy("Invited"), "wait", "turn"),
    ApplicationState.APPLIED: (gettext_lazy("Applied"), "turn", "wait"),
    ApplicationState.SHORTLISTED: (gettext_lazy("Shortlisted"), "turn", "live"),
    ApplicationState.WAITLISTED: (gettext_lazy("Waitlisted"), "quiet", "quiet"),
    ApplicationState.OFFERED: (gettext_lazy("Offered"), "wait", "turn"),
    ApplicationState.COUNTERED: (gettext_lazy("Countered"), "turn", "wait"),
    ApplicationState.ACCEPTED: (gettext_lazy("Accepted"), "done", "done"),
    ApplicationState.DECLINED: (gettext_lazy("Declined"), "quiet", "quiet"),
    ApplicationState.WITHDRAWN: (gettext_lazy("Withdrawn"), "quiet", "quiet"),
    ApplicationState.EXPIRED: (gettext_lazy("Expired"), "quiet", "quiet"),
}
EVENTS = {
    "v_task.drafted": gettext_lazy("Begun"),
    "v_task.submitted": gettext_lazy("Handed in"),
    "v_task.opened": gettext_lazy("Open to anchors"),
    "v_task.rejected": gettext_lazy("Our reviewers asked for a change"),
    "v_task.taken_back": gettext_lazy("Taken back to be mended"),
    "v_task.paused": gettext_lazy("Paused"),
    "v_task.resumed": gettext_lazy("Open again"),
    "v_task.extended": gettext_lazy("The deadline moved"),
    "v_task.closed": gettext_lazy("Closed"),
    "v_task.reopened": gettext_lazy("Open again"),
    "v_task.archived": gettext_lazy("Put away"),
    "v_task.review_overdue": gettext_lazy("24 hours in review"),
    "v_task.budget_reserved": gettext_lazy("The budget was set aside"),
    "v_task.budget_returned": gettext_lazy("The budget went back into the wallet"),
    "v_task.seat_returned": gettext_lazy("A seat came free again"),
    "reserve.charged_back": gettext_lazy("The budget was taken back by a bank"),
    "wallet.refilled": gettext_lazy("What was set aside is free in the wallet"),
    "reserve.lapsed": gettext_lazy("The budget went back to its source after 85 days"),
    "application.invited": gettext_lazy("Invited"),
    "application.applied": gettext_lazy("Applied"),
    "application.sorted": gettext_lazy("Sorted on the board"),
    "application.unanswered": gettext_lazy("Five days without an answer"),
    "application.closed": gettext_lazy("Ended without an agreement"),
    "application.offer_made": gettext_lazy("An offer was made"),
    "application.offer_extended": gettext_lazy("The offer was extended"),
    "application.offer_rescinded": gettext_lazy("The offer was taken back"),
    "application.offer_reminded": gettext_lazy("Reminded that the offer ends soon"),
    "application.accepted": gettext_lazy("Agreed; the contract is drafted"),
}
STEP_NAMES = {
    "job": gettext_lazy("Job"),
    "brief": gettext_lazy("Brief"),
    "dates": gettext_lazy("Dates"),
    "price": gettext_lazy("Price"),
    "people": gettext_lazy("People"),
    "check": gettext_lazy("Check"),
}


def badge(word: object, tone: str) -> SafeString:
    return render_to_string("http/badge.html", {"word": word, "tone": tone})


@register.simple_tag
def task_state(task: VTask, reader: str = "") -> SafeString:
    """The badge of a V task; a rejected one is its merchant's move."""
    word, tone = V_TASK_WORDS[VTaskState(task.state)]
    return badge(word, "turn" if task.state == VTaskState.REJECTED and reader == "merchant" else tone)


@register.simple_tag
def application_state(application: Application, side: str) -> SafeString:
    """The badge of a candidacy, seen from one side: ink for whoever must act."""
    word, at_merchant, at_anchor = APPLICATION_WORDS[ApplicationState(application.state)]
    return badge(word, at_merchant if side == Side.MERCHANT else at_anchor)


CALL_WORDS = {
    StandbyCallState.OPEN: (gettext_lazy("Waits for an answer"), "wait"),
    StandbyCallState.ACCEPTED: (gettext_lazy("Takes over"), "done"),
    StandbyCallState.DECLINED: (pgettext_lazy("call", "Declined"), "quiet"),
    StandbyCallState.EXPIRED: (gettext_lazy("No answer"), "quiet"),
    StandbyCallState.DROPPED: (gettext_lazy("Not needed any more"), "quiet"),
}


@register.simple_tag
def call_state(call: StandbyCall) -> SafeString:
    return badge(*CALL_WORDS[StandbyCallState(call.state)])


@register.filter
def v_task_word(state: str) -> str:
    return str(V_TASK_WORDS[VTaskState(state)][0])


@register.filter
def application_word(state: str) -> str:
    return str(APPLICATION_WORDS[ApplicationState(state)][0])


@register.filter
def campaign_event(name: str) -> str:
    return str(EVENTS.get(name, name))


@register.filter
def edit_steps(_nothing: str) -> list[tuple[str, str]]:
    return [(name, str(label)) for name, label in STEP_NAMES.items()]


@register.filter
def edit_step_name(name: str) -> str:
    return str(STEP_NAMES[name])


@register.filter
def platform_name(code: str) -> str:
    return str(Platform(code).label)


@register.filter
def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def percent(rate_bp: int) -> str:
    return f"{rate_bp / 100:g} %"


@register.filter
def falls(waterfall: Waterfall, name: str) -> str:
    return waterfall.money(name).figure


@register.filter
def said_record(record: Record) -> str:
    """What a merchant's record says of applications, in one line; a new one says that it is new."""
    said = []
    if decision := record.of("decision"):
        said.append(_("decides in %(time)s") % {"time": said_hours(decision.value)})
    if unanswered := record.of("unanswered"):
        said.append(_("answers %(share)s%% of applications") % {"share": 100 - unanswered.value})
    if not said:
        return _("Too new here for a record.") if record.is_empty else _("Too few applications yet for a record.")
    return _(", ").join(said).capitalize() + "."


@register.simple_tag
def party_url(party: Party) -> str:
    """The page that the party's side keeps of it; the directory of nothing is the top of this page."""
    card = getattr(party, "card", None)
    try:
        return reverse(card.url_name, args=[party.public_id]) if card and card.url_name else "#main"
    except NoReverseMatch:
        return "#main"


@register.filter
def facts_line(party: Party) -> str:
    """Region and the largest channel of an anchor's card."""
    card = getattr(party, "card", None)
    facts: Mapping = card.facts if card else {}
    channels = sorted(facts.get("channels", []), key=lambda one: -(one.get("followers") or 0))
    said = []
    if channels:
        first = channels[0]
        name = str(dict(Platform.choices).get(first["platform"], first["platform"]))
        followers = first.get("followers")
        said.append(_("%(n)s on %(platform)s") % {"n": f"{followers:,}", "platform": name} if followers else name)
    return _(", ").join(said)


OFFER_WORDS = {
    OfferState.OPEN: (gettext_lazy("On the table"), "turn"),
    OfferState.ACCEPTED: (gettext_lazy("Accepted"), "done"),
    OfferState.COUNTERED: (gettext_lazy("Countered"), "quiet"),
    OfferState.DECLINED: (gettext_lazy("Declined"), "quiet"),
    OfferState.RESCINDED: (gettext_lazy("Taken back"), "quiet"),
    OfferState.EXPIRED: (gettext_lazy("Expired"), "quiet"),
}


@register.simple_tag
def offer_state(offer: Offer) -> SafeString:
    return badge(*OFFER_WORDS[OfferState(offer.state)])


@register.filter
def decide_note(application: Application) -> str:
    """How long the merchant still has, in the words of a board's row."""
    if application.state not in WAITING or application.state == ApplicationState.WAITLISTED:
        return ""
    if application.unanswered_at or not application.decide_by:
        return _("unanswered") if application.unanswered_at else ""
    hours = max(0, int((application.decide_by - clock.now()).total_seconds() // 3600))
    if hours < 24:
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    return ngettext("%(n)s day left", "%(n)s days left", hours // 24) % {"n": hours // 24}


@register.filter
def berth_note(application: Application) -> str:
    """What lies at a berth: the agreed or the offered fee."""
    offers = getattr(application, "open_offers", [])
    if offers:
        return _("Offer out at %(fee)s") % {"fee": offers[0].fee}
    return _("Agreed; the contract is on its way or signed")
