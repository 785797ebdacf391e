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
        Transition("return", (_R.SUBMITTING, _R.SENT), _R.RETURNED, ("provider",)),
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
