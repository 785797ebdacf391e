"""What the pages of campaigns say about states, terms and figures."""

from collections.abc import Mapping

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from marketplace.accounts.models import Party
from marketplace.accounts.platforms import Platform
from marketplace.campaigns.machine import WAITING, ApplicationState, OfferState, VTaskState
from marketplace.campaigns.models import Application, Offer, Side, VTask
from marketplace.campaigns.selectors.reliability import Reliability
from marketplace.contracts.waterfall import Waterfall
from marketplace.core import clock

register = template.Library()

V_TASK_WORDS = {
    VTaskState.DRAFT: (later("Draft"), "quiet"),
    VTaskState.IN_REVIEW: (later("In review"), "wait"),
    VTaskState.OPEN: (later("Open"), "live"),
    VTaskState.PAUSED: (later("Paused"), "hold"),
    VTaskState.CLOSED: (later("Closed"), "quiet"),
    VTaskState.ARCHIVED: (later("Archived"), "quiet"),
    VTaskState.REJECTED: (later("Rejected"), "stop"),
}
# State → (word, tone for the merchant, tone for the anchor's side): "turn" is for whoever must act.
APPLICATION_WORDS = {
    ApplicationState.INVITED: (later("Invited"), "wait", "turn"),
    ApplicationState.APPLIED: (later("Applied"), "turn", "wait"),
    ApplicationState.SHORTLISTED: (later("Shortlisted"), "turn", "live"),
    ApplicationState.WAITLISTED: (later("Waitlisted"), "quiet", "quiet"),
    ApplicationState.OFFERED: (later("Offered"), "wait", "turn"),
    ApplicationState.COUNTERED: (later("Countered"), "turn", "wait"),
    ApplicationState.ACCEPTED: (later("Accepted"), "done", "done"),
    ApplicationState.DECLINED: (later("Declined"), "quiet", "quiet"),
    ApplicationState.WITHDRAWN: (later("Withdrawn"), "quiet", "quiet"),
    ApplicationState.EXPIRED: (later("Expired"), "quiet", "quiet"),
}
EVENTS = {
    "v_task.drafted": later("Begun"),
    "v_task.submitted": later("Handed in"),
    "v_task.opened": later("Open to anchors"),
    "v_task.rejected": later("Our reviewers asked for a change"),
    "v_task.taken_back": later("Taken back to be mended"),
    "v_task.paused": later("Paused"),
    "v_task.resumed": later("Open again"),
    "v_task.extended": later("The deadline moved"),
    "v_task.closed": later("Closed"),
    "v_task.reopened": later("Open again"),
    "v_task.archived": later("Put away"),
    "v_task.review_overdue": later("24 hours in review"),
    "v_task.budget_reserved": later("The budget was set aside"),
    "v_task.budget_returned": later("The budget went back into the wallet"),
    "v_task.seat_returned": later("A seat came free again"),
    "reserve.lapsed": later("The budget went back to its source after 85 days"),
    "application.invited": later("Invited"),
    "application.applied": later("Applied"),
    "application.sorted": later("Sorted on the board"),
    "application.unanswered": later("Five days without an answer"),
    "application.closed": later("Ended without an agreement"),
    "application.offer_made": later("An offer was made"),
    "application.offer_extended": later("The offer was extended"),
    "application.offer_rescinded": later("The offer was taken back"),
    "application.offer_reminded": later("Reminded that the offer ends soon"),
    "application.accepted": later("Agreed; the contract is drafted"),
}
STEP_NAMES = {
    "job": later("Job"),
    "brief": later("Brief"),
    "dates": later("Dates"),
    "price": later("Price"),
    "people": later("People"),
    "check": later("Check"),
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
def said_reliability(record: Reliability) -> str:
    """What a merchant's record says, in one line; a new one says that it is new."""
    if not record.applications:
        return _("New here: no record yet.")
    said = []
    if record.decision_hours is not None:
        days = max(1, round(record.decision_hours / 24))
        said.append(ngettext("decides in %(n)s day", "decides in %(n)s days", days) % {"n": days})
    said.append(_("answers %(share)s%% of applications") % {"share": record.answered_share})
    if record.unanswered:
        said.append(ngettext("%(n)s unanswered", "%(n)s unanswered", record.unanswered) % {"n": record.unanswered})
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
    OfferState.OPEN: (later("On the table"), "turn"),
    OfferState.ACCEPTED: (later("Accepted"), "done"),
    OfferState.COUNTERED: (later("Countered"), "quiet"),
    OfferState.DECLINED: (later("Declined"), "quiet"),
    OfferState.RESCINDED: (later("Taken back"), "quiet"),
    OfferState.EXPIRED: (later("Expired"), "quiet"),
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
