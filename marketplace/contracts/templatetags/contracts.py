"""What the pages of contracts say about states and events."""

from collections.abc import Mapping

from django import template
from django.template.defaultfilters import date as format_date
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.forms.review import LABELS
from marketplace.contracts.link_failures import failure_words as words_of_failure
from marketplace.contracts.machine import (
    AmendmentState,
    ContractState,
    DeliverableState,
    DisputeState,
    ExtraRoundState,
    ProposalState,
)
from marketplace.contracts.models import (
    Amendment,
    Contract,
    Deliverable,
    Dispute,
    DisputeProposal,
    ExtraRound,
    Side,
    Submission,
)
from marketplace.contracts.releasing import Parts
from marketplace.contracts.waterfall import Waterfall
from marketplace.media.selectors import FileView

register = template.Library()

STATES = {
    ContractState.DRAFTED: (_("Drafted"), "quiet"),
    ContractState.SIGNING: (_("Signing"), "turn"),
    ContractState.AWAITING_FUNDS: (_("Waits for its money"), "wait"),
    ContractState.ACTIVE: (_("Active"), "live"),
    ContractState.CANCEL_REQUESTED: (_("Asked to end"), "hold"),
    ContractState.DISPUTED: (_("Disputed"), "hold"),
    ContractState.COMPLETED: (_("Complete"), "done"),
    ContractState.CANCELLED: (_("Ended early"), "stop"),
    ContractState.LAPSED: (_("Lapsed"), "stop"),
}
EVENTS = {
    "contract.drafted": _("Drafted from the accepted offer"),
    "contract.opened_for_signing": _("Open for signing, 72 hours"),
    "contract.signed": _("Signed by one side"),
    "contract.concluded": _("Signed by all"),
    "contract.sealed": _("Sealed as PDF"),
    "contract.seal_waits": _("Its seal waits; our staff have been told"),
    "contract.lapsed": _("Lapsed; nobody is bound"),
    "contract.signing_reminded": _("Reminded those who have not signed"),
    "contract.funding_reminded": _("Reminded the merchant to pay"),
    "contract.transfer_awaited": _("Waits three days more for the bank’s statement"),
    "contract.funded": _("The money is protected; work may start"),
    "contract.payment_sent_back": _("A payment that was not needed goes back"),
    "contract.funds_released": _("Money was released"),
    "contract.frozen": _("The payer’s bank took the money back: everything stands still"),
    "contract.thawed": _("The money is protected again; work goes on"),
    "contract.completed": _("Complete"),
    "contract.cancellation_requested": _("One side asked to end it"),
    "contract.cancellation_closed": _("The request to end it is closed"),
    "contract.cancelled": _("Ended early"),
    "contract.amendment_proposed": _("A change of the contract was proposed"),
    "contract.amendment_signed": _("The change was signed by one side"),
    "contract.amendment_to_pay": _("The change is signed by all and waits for its money"),
    "contract.amendment_in_force": _("The change is in force"),
    "contract.amendment_closed": _("The change was not agreed; the contract stays as it is"),
    "contract.handed_over": _("Another anchor took the seat over, and its funds went with it"),
    "contract.review_written": _("One side wrote its review"),
    "contract.reviews_reminded": _("Reminded those who have written no review"),
    "contract.reviews_published": _("The reviews are published"),
    "contract.review_answered": _("A review was answered"),
    "contract.dispute_opened": _("A dispute was opened"),
    "contract.dispute_answered": _("The dispute was answered, or its time passed"),
    "contract.dispute_split_proposed": _("A split was proposed"),
    "contract.dispute_proposal_accepted": _("One side accepted what the mediator proposed"),
    "contract.dispute_proposal_closed": _("What the mediator proposed was refused, or not accepted in time"),
    "contract.dispute_reminded": _("Reminded that a clock of the dispute runs out"),
    "contract.dispute_overdue": _("Our staff were told that they are late"),
    "contract.dispute_decided": _("The dispute is decided; it can be appealed"),
    "contract.dispute_decision_accepted": _("One side accepted the decision"),
    "contract.dispute_appealed": _("The decision was appealed"),
    "contract.dispute_settled": _("The dispute is settled"),
    "deliverable.submitted": pgettext_lazy("work", "Handed in"),
    "deliverable.changes_requested": _("Changes were asked for"),
    "deliverable.extra_round_asked": _("A further round of changes waits for its money"),
    "deliverable.extra_round_paid": _("The money for a further round is protected"),
    "deliverable.extra_round_closed": _("A further round was not paid; nothing is owed for it"),
    "deliverable.approved": _("Approved"),
    "deliverable.published": pgettext_lazy("work", "Published"),
    "deliverable.proof_sent_back": _("Asked to be shown again"),
    "deliverable.verified": pgettext_lazy("work", "Verified"),
    "deliverable.overdue": _("Overdue"),
    "deliverable.late": _("Overdue for 72 hours: the merchant may end the contract"),
    "deliverable.voided": _("Nothing is owed for it any more"),
    "deliverable.reminded": _("Reminded that a clock runs out"),
    "deliverable.approval_put_off": _("Not approved by the clock: something that guards it was missing"),
    "deliverable.remarked": _("A comment was written"),
    "deliverable.stayed_up": _("It stayed up as agreed"),
    "deliverable.link_opened": _("We opened its link"),
    "deliverable.stay_up_checked": _("We could not open its page this time"),
    "deliverable.absence_reported": _("The merchant said that the anchor did not come"),
    "deliverable.absence_answered": _("The absence was contested, or taken back"),
    "deliverable.absence_stands": _("The absence stands"),
    "deliverable.stay_up_asked": _("The anchor was asked why it is not there"),
    "deliverable.stay_up_closed": _("The question about it is closed"),
}


AMENDMENTS = {
    AmendmentState.SIGNING: (_("Open for signing"), "turn"),
    AmendmentState.AWAITING_FUNDS: (_("Waits for its money"), "wait"),
    AmendmentState.AWAITING_SUCCESSOR: (_("Waits for the other contract"), "wait"),
    AmendmentState.IN_FORCE: (_("In force"), "done"),
    AmendmentState.DECLINED: (pgettext_lazy("change", "Declined"), "stop"),
    AmendmentState.WITHDRAWN: (_("Taken back"), "quiet"),
    AmendmentState.LAPSED: (_("Lapsed"), "quiet"),
    AmendmentState.OVERTAKEN: (_("Came too late"), "quiet"),
}


@register.simple_tag
def amendment_state(amendment: Amendment) -> SafeString:
    word, tone = AMENDMENTS[AmendmentState(amendment.state)]
    return render_to_string("http/badge.html", {"word": word, "tone": tone})


@register.simple_tag
def contract_state(contract: Contract) -> SafeString:
    word, tone = STATES[ContractState(contract.state)]
    return render_to_string("http/badge.html", {"word": word, "tone": tone})


# State → (word, tone for the merchant, tone for the anchor's side): "turn" is for whoever must act.
WORK = {
    DeliverableState.PLANNED: (_("Planned"), "quiet", "turn"),
    DeliverableState.SUBMITTED: (_("In review"), "turn", "wait"),
    DeliverableState.CHANGES_REQUESTED: (_("Changes asked for"), "wait", "turn"),
    DeliverableState.APPROVED: (_("Approved"), "done", "done"),
    DeliverableState.PUBLISHED: (pgettext_lazy("work", "Published"), "turn", "wait"),
    DeliverableState.VERIFIED: (pgettext_lazy("work", "Verified"), "done", "done"),
    DeliverableState.OVERDUE: (_("Overdue"), "stop", "stop"),
    DeliverableState.VOID: (_("Not owed any more"), "quiet", "quiet"),
}
DISPUTES = {
    DisputeState.AWAITING_REPLY: (_("Waits for an answer"), "hold"),
    DisputeState.MEDIATION: (_("In mediation"), "hold"),
    DisputeState.PROPOSAL: (_("The mediator proposes"), "hold"),
    DisputeState.DECIDED: (_("Decided, can be appealed"), "hold"),
    DisputeState.APPEALED: (_("Appealed"), "hold"),
    DisputeState.CLOSED: (_("Settled"), "done"),
    DisputeState.WITHDRAWN: (_("Taken back"), "quiet"),
}
PROPOSALS = {
    ProposalState.STANDING: (_("Stands"), "wait"),
    ProposalState.ACCEPTED: (_("Accepted"), "done"),
    ProposalState.REFUSED: (_("Refused"), "stop"),
    ProposalState.REPLACED: (_("Replaced"), "quiet"),
    ProposalState.LAPSED: (_("Lapsed"), "quiet"),
}
STAGES = {
    "before_funds": _("Before it is paid"),
    "funded": _("Paid, nothing begun"),
    "script_approved": _("A script is approved"),
    "draft_delivered": _("A draft is delivered"),
    "approved_unpublished": _("Approved, not published"),
    "merchant_absent": _("The merchant is absent at a live"),
}


@register.simple_tag
def work_state(one: Deliverable, side: str) -> SafeString:
    word, for_merchant, for_anchor = WORK[DeliverableState(one.state)]
    if one.state == DeliverableState.APPROVED and one.is_public:
        for_anchor = "turn"
    tone = for_anchor if side == Side.ANCHOR else for_merchant
    return render_to_string("http/badge.html", {"word": word, "tone": tone})


@register.simple_tag
def dispute_state(dispute: Dispute) -> SafeString:
    word, tone = DISPUTES[DisputeState(dispute.state)]
    return render_to_string("http/badge.html", {"word": word, "tone": tone})


@register.simple_tag
def proposal_state(proposal: DisputeProposal) -> SafeString:
    word, tone = PROPOSALS[ProposalState(proposal.state)]
    return render_to_string("http/badge.html", {"word": word, "tone": tone})


@register.filter
def work_line(one: Deliverable) -> str:
    """One sentence: where it stands, and since or until when."""
    at = {
        DeliverableState.SUBMITTED: (gettext("Handed in; review by %(when)s, then approved by itself"), one.review_by),
        DeliverableState.PUBLISHED: (
            gettext("Published; checked by %(when)s, then verified by itself"),
            one.verify_by,
        ),
        DeliverableState.OVERDUE: (gettext("Overdue since %(when)s"), one.overdue_at),
        DeliverableState.APPROVED: (gettext("Approved on %(when)s"), one.approved_at),
        DeliverableState.VERIFIED: (gettext("Verified on %(when)s"), one.verified_at),
    }
    words, moment = at.get(DeliverableState(one.state), ("", None))
    if moment is not None:
        return words % {"when": format_date(localtime(moment), "DATETIME_FORMAT")}
    return gettext("Due on %(day)s") % {"day": format_date(one.due_on, "DATE_FORMAT")}


@register.filter
def failure_words(code: str) -> str:
    return words_of_failure(code)


@register.filter
def at(found: Mapping[str, object], key: str) -> object | None:
    return found.get(key)


@register.filter
def basis_points(rate: int) -> str:
    return f"{rate / 100:g} %"


@register.filter
def first_film(submission: Submission, files: Mapping[str, FileView]) -> FileView | None:
    """The film that the seconds of its comments mean; None when there is none that can be played yet."""
    found = (files[public_id] for public_id in submission.files if public_id in files)
    return next((file for file in found if file.is_film and file.url), None)


@register.filter
def clock_time(seconds: int | None) -> str:
    """A place in a video: 0:18, 1:02:03."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


ROUNDS = {
    ExtraRoundState.PAID: _("Protected; the changes are asked for"),
    ExtraRoundState.USED: _("Handed in again; released with this piece"),
    ExtraRoundState.SETTLED: _("Settled"),
}


@register.filter
def round_words(extra_round: ExtraRound) -> str:
    return str(ROUNDS.get(ExtraRoundState(extra_round.state), ""))


@register.filter
def part(parts: Parts | Waterfall, name: str) -> str:
    return parts.money(name).figure


@register.filter
def part_money(parts: Parts | Waterfall, name: str) -> str:
    """With its currency."""
    return str(parts.money(name))


@register.filter
def stage_words(stage: str) -> str:
    return str(STAGES.get(stage, stage))


@register.filter
def contract_event(name: str) -> str:
    return str(EVENTS.get(name, name))


@register.filter
def aspect_words(name: str, side: str) -> str:
    """What the stars of a review by `side` are for."""
    return str(LABELS[Side(side)][name])
