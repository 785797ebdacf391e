"""The states of money on its way in and back out."""

from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class FundingState(StrEnum):
    SUBMITTING = "submitting"
    AWAITING_PAYER = "awaiting_payer"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    MISMATCHED = "mismatched"


_F = FundingState
OPEN = (_F.SUBMITTING, _F.AWAITING_PAYER)
# Paid wins over everything that only says "not paid": providers answer late and out of order.
FUNDING = Machine(
    "funding",
    FundingState,
    _F.SUBMITTING,
    (
        Transition("submit", (_F.SUBMITTING,), _F.AWAITING_PAYER, ("provider",)),
        Transition("pay", (*OPEN, _F.FAILED, _F.EXPIRED), _F.PAID, ("provider",)),
        Transition("fail", OPEN, _F.FAILED, ("provider",)),
        Transition("expire", OPEN, _F.EXPIRED, ("provider", "clock")),
        Transition("mismatch", (*OPEN, _F.FAILED, _F.EXPIRED), _F.MISMATCHED, ("provider",)),
    ),
)


class RefundState(StrEnum):
    SUBMITTING = "submitting"
    SENT = "sent"
    DONE = "done"
    RETURNED = "returned"


_R = RefundState
REFUND = Machine(
    "refund",
    RefundState,
    _R.SUBMITTING,
    (
        Transition("send", (_R.SUBMITTING,), _R.SENT, ("provider",)),
        Transition("finish", (_R.SUBMITTING, _R.SENT), _R.DONE, ("provider",)),
        # Also after it was done: the payer's bank may refuse what the provider had called settled.
        Transition("return", (_R.SUBMITTING, _R.SENT, _R.DONE), _R.RETURNED, ("provider",)),
    ),
)


class TransferState(StrEnum):
    PENDING = "pending"
    ON_HOLD = "on_hold"
    SUBMITTING = "submitting"
    DONE = "done"
    FAILED = "failed"
    REVERSED = "reversed"


_T = TransferState
TRANSFER = Machine(
    "transfer",
    TransferState,
    _T.PENDING,
    (
        Transition("hold", (_T.PENDING, _T.ON_HOLD), _T.ON_HOLD, ("platform", "staff")),
        Transition("let_go", (_T.ON_HOLD,), _T.PENDING, ("clock", "staff")),
        Transition("submit", (_T.PENDING,), _T.SUBMITTING, ("platform",)),
        Transition("finish", (_T.SUBMITTING,), _T.DONE, ("provider",)),
        Transition("fail", (_T.SUBMITTING,), _T.FAILED, ("provider",)),
        Transition("retry", (_T.FAILED,), _T.PENDING, ("clock", "staff")),
        Transition("reverse", (_T.DONE,), _T.REVERSED, ("staff",)),
        # The provider refused to take it back.
        Transition("keep", (_T.REVERSED,), _T.DONE, ("provider",)),
    ),
)


class ReversalState(StrEnum):
    SUBMITTING = "submitting"
    DONE = "done"
    REFUSED = "refused"
    OWED = "owed"


_S = ReversalState
REVERSAL = Machine(
    "transfer_reversal",
    ReversalState,
    _S.SUBMITTING,
    (
        Transition("finish", (_S.SUBMITTING,), _S.DONE, ("provider",)),
        Transition("refuse", (_S.SUBMITTING,), _S.REFUSED, ("provider",)),
        # It has left her account at the provider already: nothing is there to be taken.
        Transition("owe", (_S.SUBMITTING,), _S.OWED, ("staff",)),
    ),
)


class PayoutState(StrEnum):
    PENDING = "pending"
    ON_HOLD = "on_hold"
    SUBMITTING = "submitting"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"


_P = PayoutState
ON_ITS_WAY = (_P.SUBMITTING, _P.IN_TRANSIT)
# A bank sends back even what it had taken: only then does a paid one move again.
PAYOUT = Machine(
    "payout",
    PayoutState,
    _P.PENDING,
    (
        Transition("hold", (_P.PENDING,), _P.ON_HOLD, ("platform", "staff")),
        Transition("let_go", (_P.ON_HOLD,), _P.PENDING, ("clock", "staff")),
        Transition("submit", (_P.PENDING,), _P.SUBMITTING, ("platform",)),
        Transition("send", (_P.SUBMITTING,), _P.IN_TRANSIT, ("provider",)),
        Transition("pay", ON_ITS_WAY, _P.PAID, ("provider",)),
        Transition("fail", ON_ITS_WAY, _P.FAILED, ("provider",)),
        Transition("return", (_P.PAID,), _P.RETURNED, ("provider",)),
        Transition("retry", (_P.FAILED, _P.RETURNED), _P.PENDING, ("clock", "staff")),
    ),
)


class ApprovalState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_A = ApprovalState
APPROVAL = Machine(
    "approval",
    ApprovalState,
    _A.ASKED,
    (
        Transition("approve", (_A.ASKED,), _A.APPROVED, ("second person",)),
        Transition("decline", (_A.ASKED,), _A.DECLINED, ("second person",)),
        Transition("withdraw", (_A.ASKED,), _A.WITHDRAWN, ("asker",)),
        Transition("expire", (_A.ASKED,), _A.EXPIRED, ("clock",)),
    ),
)


class ChargebackState(StrEnum):
    INQUIRED = "inquired"
    OPENED = "opened"
    EVIDENCE_SENT = "evidence_sent"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"


_B = ChargebackState
STANDING = (_B.INQUIRED, _B.OPENED, _B.EVIDENCE_SENT)
# Only the provider moves one, and never out of how it ended.
CHARGEBACK = Machine(
    "chargeback",
    ChargebackState,
    _B.INQUIRED,
    (
        Transition("open", (_B.INQUIRED,), _B.OPENED, ("provider",)),
        Transition("send_evidence", (_B.OPENED,), _B.EVIDENCE_SENT, ("provider",)),
        Transition("win", STANDING, _B.WON, ("provider",)),
        Transition("lose", STANDING, _B.LOST, ("provider",)),
        # An inquiry that came to nothing, or one that was settled before it was answered.
        Transition("close", STANDING, _B.CLOSED, ("provider",)),
    ),
)


class EvidenceState(StrEnum):
    GATHERING = "gathering"
    SUBMITTING = "submitting"
    SENT = "sent"
    REFUSED = "refused"


_V = EvidenceState
EVIDENCE = Machine(
    "evidence",
    EvidenceState,
    _V.GATHERING,
    (
        Transition("submit", (_V.GATHERING, _V.REFUSED), _V.SUBMITTING, ("staff", "clock")),
        # Also when somebody handed it in on the provider's own pages.
        Transition("send", (_V.GATHERING, _V.SUBMITTING, _V.REFUSED), _V.SENT, ("provider",)),
        Transition("refuse", (_V.SUBMITTING,), _V.REFUSED, ("provider",)),
        # An inquiry that was answered became a chargeback: that is to be answered too.
        Transition("begin_again", (_V.SENT, _V.REFUSED), _V.GATHERING, ("provider",)),
    ),
)


class CallState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"


class InboxState(StrEnum):
    RECEIVED = "received"
    PROCESSED = "processed"
    IGNORED = "ignored"


class ReconciliationState(StrEnum):
    READING = "reading"
    AGREES = "agrees"
    DIFFERS = "differs"


_N = ReconciliationState
RECONCILIATION = Machine(
    "reconciliation",
    ReconciliationState,
    _N.READING,
    (
        Transition("agree", (_N.READING,), _N.AGREES, ("platform",)),
        Transition("differ", (_N.READING,), _N.DIFFERS, ("platform",)),
    ),
)


class DifferenceState(StrEnum):
    OPEN = "open"
    EXPLAINED = "explained"
    RESOLVED = "resolved"


_D = DifferenceState
UNRESOLVED = (_D.OPEN, _D.EXPLAINED)
# Resolved is what a later run no longer finds; nobody says so by hand.
DIFFERENCE = Machine(
    "difference",
    DifferenceState,
    _D.OPEN,
    (
        Transition("explain", (_D.OPEN,), _D.EXPLAINED, ("staff",)),
        Transition("resolve", UNRESOLVED, _D.RESOLVED, ("platform",)),
    ),
)


class PayoutRunState(StrEnum):
    PLANNED = "planned"
    APPROVED = "approved"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


_U = PayoutRunState
RUN_UNDER_WAY = (_U.PLANNED, _U.APPROVED, _U.RUNNING)
# What a run has posted by the time that it is cancelled goes on; the rest is dropped.
PAYOUT_RUN = Machine(
    "payout_run",
    PayoutRunState,
    _U.PLANNED,
    (
        Transition("approve", (_U.PLANNED,), _U.APPROVED, ("second person", "platform")),
        Transition("start", (_U.APPROVED,), _U.RUNNING, ("platform",)),
        Transition("finish", (_U.RUNNING,), _U.DONE, ("platform",)),
        Transition("cancel", RUN_UNDER_WAY, _U.CANCELLED, ("staff", "clock")),
    ),
)
