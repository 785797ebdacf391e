"""The states of a contract, and of each thing that is owed under it."""

from enum import StrEnum
from typing import Any

from marketplace.core.machine import Machine, Transition


class ContractState(StrEnum):
    DRAFTED = "drafted"
    SIGNING = "signing"
    AWAITING_FUNDS = "awaiting_funds"
    ACTIVE = "active"
    CANCEL_REQUESTED = "cancel_requested"
    DISPUTED = "disputed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


_C = ContractState
# Work goes on, and its clocks run: a request to cancel stops neither, a dispute only what it is about.
AT_WORK = (_C.ACTIVE, _C.CANCEL_REQUESTED, _C.DISPUTED)
CONTRACT = Machine(
    "contract",
    ContractState,
    _C.DRAFTED,
    (
        Transition("open_for_signing", (_C.DRAFTED,), _C.SIGNING, ("platform",)),
        Transition("await_funds", (_C.SIGNING,), _C.AWAITING_FUNDS, ("last signer",)),
        # Without a fee there is nothing to protect (pure CPS, barter).
        Transition("start", (_C.SIGNING,), _C.ACTIVE, ("last signer",)),
        Transition("decline", (_C.SIGNING,), _C.LAPSED, ("signer",)),
        Transition("lapse", (_C.SIGNING, _C.AWAITING_FUNDS), _C.LAPSED, ("clock",)),
        Transition("fund", (_C.AWAITING_FUNDS,), _C.ACTIVE, ("payment",)),
        Transition("call_off", (_C.AWAITING_FUNDS,), _C.CANCELLED, ("merchant", "anchor")),
        Transition("ask_to_cancel", (_C.ACTIVE,), _C.CANCEL_REQUESTED, ("merchant", "anchor")),
        Transition("go_on", (_C.CANCEL_REQUESTED,), _C.ACTIVE, ("asker", "other side")),
        Transition("cancel", (_C.CANCEL_REQUESTED,), _C.CANCELLED, ("other side", "clock")),
        Transition("dispute", (_C.ACTIVE, _C.CANCEL_REQUESTED), _C.DISPUTED, ("merchant", "anchor")),
        Transition("settle", (_C.DISPUTED,), _C.ACTIVE, ("staff", "both sides", "clock", "filer")),
        # 85 days after the charge, before the provider must let the money go.
        Transition("end_by_age", AT_WORK, _C.CANCELLED, ("clock",)),
        # A payer's bank took the money back for good.
        Transition("end_by_chargeback", AT_WORK, _C.CANCELLED, ("provider",)),
        # Another anchor takes the seat over, and its funds go with it.
        Transition("hand_over", (_C.ACTIVE,), _C.CANCELLED, ("last signer",)),
        Transition("complete", (_C.ACTIVE,), _C.COMPLETED, ("platform",)),
    ),
)


class DeliverableState(StrEnum):
    PLANNED = "planned"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    PUBLISHED = "published"
    VERIFIED = "verified"
    OVERDUE = "overdue"
    VOID = "void"


_D = DeliverableState


def has_a_round_left(deliverable: Any) -> bool:
    return deliverable.rounds_used < deliverable.rounds_allowed


def is_handed_in(deliverable: Any) -> bool:
    """A live is not handed in beforehand; what was approved is not handed in again."""
    return not deliverable.is_live and deliverable.approved_at is None


def can_be_published(deliverable: Any) -> bool:
    """What the public sees, once it is approved; a live at once, for what is checked is that it took place."""
    return deliverable.is_live or (deliverable.is_public and deliverable.approved_at is not None)


def is_owed(deliverable: Any) -> bool:
    return not deliverable.is_done


OPEN = (_D.PLANNED, _D.SUBMITTED, _D.CHANGES_REQUESTED, _D.APPROVED, _D.PUBLISHED, _D.OVERDUE)
DELIVERABLE = Machine(
    "deliverable",
    DeliverableState,
    _D.PLANNED,
    (
        Transition("submit", (_D.PLANNED, _D.CHANGES_REQUESTED, _D.OVERDUE), _D.SUBMITTED, ("anchor",), is_handed_in),
        Transition("request_changes", (_D.SUBMITTED,), _D.CHANGES_REQUESTED, ("merchant",), has_a_round_left),
        Transition("approve", (_D.SUBMITTED,), _D.APPROVED, ("merchant", "clock")),
        Transition("publish", (_D.PLANNED, _D.APPROVED, _D.OVERDUE), _D.PUBLISHED, ("anchor",), can_be_published),
        Transition("send_back", (_D.PUBLISHED,), _D.APPROVED, ("merchant",)),
        Transition("verify", (_D.PUBLISHED,), _D.VERIFIED, ("merchant", "clock")),
        # What was late has more time: both sides signed that.
        Transition("give_time", (_D.OVERDUE,), _D.PLANNED, ("amendment",)),
        Transition("fall_due", (_D.PLANNED, _D.CHANGES_REQUESTED, _D.APPROVED), _D.OVERDUE, ("clock",), is_owed),
        Transition("void", OPEN, _D.VOID, ("cancellation", "dispute")),
    ),
)


class ExtraRoundState(StrEnum):
    ASKED = "asked"
    PAID = "paid"
    USED = "used"
    SETTLED = "settled"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


_R = ExtraRoundState
# Its money stands in protected funds.
PROTECTED_ROUND = (_R.PAID, _R.USED)
EXTRA_ROUND = Machine(
    "extra_round",
    ExtraRoundState,
    _R.ASKED,
    (
        # The changes are asked for in the transaction that takes the money for it.
        Transition("pay", (_R.ASKED,), _R.PAID, ("payment",)),
        Transition("use", (_R.PAID,), _R.USED, ("anchor",)),
        Transition("settle", PROTECTED_ROUND, _R.SETTLED, ("release", "cancellation", "dispute", "clock")),
        Transition("lapse", (_R.ASKED,), _R.LAPSED, ("review", "cancellation", "dispute", "clock")),
        Transition("withdraw", (_R.ASKED,), _R.WITHDRAWN, ("merchant",)),
    ),
)


class AmendmentState(StrEnum):
    SIGNING = "signing"
    AWAITING_FUNDS = "awaiting_funds"
    AWAITING_SUCCESSOR = "awaiting_successor"
    IN_FORCE = "in_force"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    OVERTAKEN = "overtaken"


_A = AmendmentState
# One at a time: what it changes is what is in force.
STANDING_AMENDMENT = (_A.SIGNING, _A.AWAITING_FUNDS, _A.AWAITING_SUCCESSOR)
AMENDMENT = Machine(
    "amendment",
    AmendmentState,
    _A.SIGNING,
    (
        Transition("await_funds", (_A.SIGNING,), _A.AWAITING_FUNDS, ("last signer",)),
        # The money moves in the same transaction: what is owed more comes in, what is owed less goes back.
        Transition("take_effect", (_A.SIGNING, _A.AWAITING_SUCCESSOR), _A.IN_FORCE, ("last signer",)),
        # Another anchor takes over, and has not signed her own contract yet.
        Transition("await_successor", (_A.SIGNING,), _A.AWAITING_SUCCESSOR, ("last signer",)),
        Transition("fund", (_A.AWAITING_FUNDS,), _A.IN_FORCE, ("payment",)),
        Transition("decline", (_A.SIGNING,), _A.DECLINED, ("other side",)),
        Transition("withdraw", STANDING_AMENDMENT, _A.WITHDRAWN, ("its side",)),
        Transition("lapse", STANDING_AMENDMENT, _A.LAPSED, ("clock",)),
        # The work or the contract went on meanwhile, so that it is not about what is left any more.
        Transition("overtake", STANDING_AMENDMENT, _A.OVERTAKEN, ("clock", "payment")),
    ),
)


class AbsenceState(StrEnum):
    REPORTED = "reported"
    CONTESTED = "contested"
    STANDS = "stands"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"


_B = AbsenceState
ABSENCE = Machine(
    "absence",
    AbsenceState,
    _B.REPORTED,
    (
        # Then nothing happens by itself: the sides end it, or open a dispute.
        Transition("contest", (_B.REPORTED,), _B.CONTESTED, ("anchor",)),
        Transition("admit", (_B.REPORTED,), _B.STANDS, ("anchor",)),
        Transition("pass_over", (_B.REPORTED,), _B.STANDS, ("clock",)),
        Transition("withdraw", (_B.REPORTED, _B.STANDS), _B.WITHDRAWN, ("merchant",)),
        Transition("settle", (_B.STANDS,), _B.SETTLED, ("merchant", "another anchor")),
    ),
)


class HandoverState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"


_H = HandoverState
HANDOVER = Machine(
    "handover",
    HandoverState,
    _H.WAITING,
    (
        Transition("pass_on", (_H.WAITING,), _H.DONE, ("last signer",)),
        Transition("drop", (_H.WAITING,), _H.DROPPED, ("signer", "clock")),
    ),
)


class CancellationState(StrEnum):
    REQUESTED = "requested"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"


_K = CancellationState
CANCELLATION = Machine(
    "cancellation",
    CancellationState,
    _K.REQUESTED,
    (
        Transition("agree", (_K.REQUESTED,), _K.AGREED, ("other side",)),
        Transition("refuse", (_K.REQUESTED,), _K.REFUSED, ("other side",)),
        Transition("withdraw", (_K.REQUESTED,), _K.WITHDRAWN, ("asker",)),
        Transition("pass_over", (_K.REQUESTED,), _K.SILENT, ("clock",)),
    ),
)


class DisputeState(StrEnum):
    AWAITING_REPLY = "awaiting_reply"
    MEDIATION = "mediation"
    PROPOSAL = "proposal"
    DECIDED = "decided"
    APPEALED = "appealed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


_P = DisputeState
# The sides may still settle it themselves, or the filer takes it back.
IN_TALKS = (_P.AWAITING_REPLY, _P.MEDIATION, _P.PROPOSAL)
# Its money and its clocks stand still; a decision that can be appealed has moved nothing yet.
OPEN_DISPUTE = (*IN_TALKS, _P.DECIDED, _P.APPEALED)
DISPUTE = Machine(
    "dispute",
    DisputeState,
    _P.AWAITING_REPLY,
    (
        Transition("reply", (_P.AWAITING_REPLY,), _P.MEDIATION, ("other side",)),
        # Silence decides for the filer; the side that was silent may appeal.
        Transition("pass_over", (_P.AWAITING_REPLY,), _P.DECIDED, ("clock",)),
        Transition("offer_split", (_P.MEDIATION,), _P.MEDIATION, ("either side",)),
        Transition("offer_split", (_P.PROPOSAL,), _P.PROPOSAL, ("either side",)),
        Transition("propose", (_P.MEDIATION,), _P.PROPOSAL, ("staff",)),
        Transition("refuse", (_P.PROPOSAL,), _P.MEDIATION, ("either side",)),
        Transition("lapse", (_P.PROPOSAL,), _P.MEDIATION, ("clock",)),
        Transition("agree", IN_TALKS, _P.CLOSED, ("both sides",)),
        Transition("decide", (_P.MEDIATION,), _P.DECIDED, ("staff", "clock")),
        Transition("take_effect", (_P.DECIDED,), _P.CLOSED, ("both sides", "clock")),
        # Each side once.
        Transition("appeal", (_P.DECIDED, _P.APPEALED), _P.APPEALED, ("either side",)),
        Transition("settle_appeal", (_P.APPEALED,), _P.CLOSED, ("other staff",)),
        Transition("withdraw", IN_TALKS, _P.WITHDRAWN, ("filer",)),
        # The contract ended meanwhile: day 85 of its payment, or a chargeback.
        Transition("overtake", OPEN_DISPUTE, _P.CLOSED, ("clock", "provider")),
    ),
)


class ProposalState(StrEnum):
    STANDING = "standing"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPLACED = "replaced"
    LAPSED = "lapsed"


_O = ProposalState
DISPUTE_PROPOSAL = Machine(
    "dispute_proposal",
    ProposalState,
    _O.STANDING,
    (
        Transition("accept", (_O.STANDING,), _O.ACCEPTED, ("other side", "both sides")),
        Transition("refuse", (_O.STANDING,), _O.REFUSED, ("either side",)),
        Transition("replace", (_O.STANDING,), _O.REPLACED, ("its side",)),
        # Its time is over, or the dispute was settled otherwise.
        Transition("lapse", (_O.STANDING,), _O.LAPSED, ("clock", "dispute")),
    ),
)


class StayUpState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    SILENT = "silent"
    SEEN_AGAIN = "seen_again"


_U = StayUpState
STAY_UP_QUESTION = Machine(
    "stay_up_question",
    StayUpState,
    _U.OPEN,
    (
        Transition("answer", (_U.OPEN,), _U.ANSWERED, ("anchor",)),
        # Silence is told to the merchant, and costs nothing by itself.
        Transition("pass_over", (_U.OPEN,), _U.SILENT, ("clock",)),
        Transition("see_again", (_U.OPEN,), _U.SEEN_AGAIN, ("platform",)),
    ),
)


class ReviewState(StrEnum):
    OPEN = "open"
    WRITTEN = "written"
    PUBLISHED = "published"
    LAPSED = "lapsed"


_V = ReviewState
REVIEW = Machine(
    "review",
    ReviewState,
    _V.OPEN,
    (
        Transition("write", (_V.OPEN,), _V.WRITTEN, ("its side",)),
        # Both at one moment: when both have written, or when the days are over.
        Transition("publish", (_V.WRITTEN,), _V.PUBLISHED, ("other side", "clock")),
        Transition("lapse", (_V.OPEN,), _V.LAPSED, ("clock",)),
    ),
)


class TemplateState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"
    DISCARDED = "discarded"


_L = TemplateState
CONTRACT_TEMPLATE = Machine(
    "contract_template",
    TemplateState,
    _L.DRAFT,
    (
        Transition("publish", (_L.DRAFT,), _L.PUBLISHED, ("second person",)),
        # The next version takes its place, in the same transaction.
        Transition("retire", (_L.PUBLISHED,), _L.RETIRED, ("platform",)),
        Transition("discard", (_L.DRAFT,), _L.DISCARDED, ("compliance",)),
    ),
)
