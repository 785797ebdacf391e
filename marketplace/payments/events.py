"""What happens to money on its way in and back out."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class FundingRequested(DomainEvent):
    name = "funding.requested"
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class FundingSubmitted(DomainEvent):
    name = "funding.submitted"
    handled = False
    checkout: str


@dataclass(frozen=True, kw_only=True)
class FundingPaid(DomainEvent):
    name = "funding.paid"
    charge: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ContractPaid(DomainEvent):
    """A payment (`aggregate`) for one contract, or a further round in it, arrived and stands in its protected funds."""

    name = "funding.contract_paid"
    contract: str
    extra_round: str = ""
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TransferCreated(DomainEvent):
    """A payee's part of a release waits to go to her account."""

    name = "transfer.created"
    contract: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TransferHeld(DomainEvent):
    name = "transfer.held"
    hold: str
    until: str


@dataclass(frozen=True, kw_only=True)
class TransferLetGo(DomainEvent):
    """What held it is over: it may go."""

    name = "transfer.let_go"


@dataclass(frozen=True, kw_only=True)
class TransferSubmitted(DomainEvent):
    name = "transfer.submitted"
    handled = False


@dataclass(frozen=True, kw_only=True)
class TransferDone(DomainEvent):
    """It is on the payee's account at the provider."""

    name = "transfer.done"
    handled = False


@dataclass(frozen=True, kw_only=True)
class TransferFailed(DomainEvent):
    """The provider refused it; it is tried again, and nothing has moved."""

    name = "transfer.failed"
    handled = False
    why: str


@dataclass(frozen=True, kw_only=True)
class TransferRetried(DomainEvent):
    name = "transfer.retried"


@dataclass(frozen=True, kw_only=True)
class PayoutAccountOpened(DomainEvent):
    """The provider knows the payee (`aggregate` is the account); no bank account is named yet."""

    name = "payout_account.opened"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutAccountChanged(DomainEvent):
    """Another bank account, the first one, or the provider pays to it no longer, or again."""

    name = "payout_account.changed"
    last4: str
    payouts_enabled: bool
    is_first: bool
    is_another: bool


@dataclass(frozen=True, kw_only=True)
class PayoutsGuarded(DomainEvent):
    """Somebody changed what payouts are guarded by: those of the party (`aggregate`) wait."""

    name = "payouts.guarded"
    handled = False
    change: str
    until: str


@dataclass(frozen=True, kw_only=True)
class PayoutsFrozen(DomainEvent):
    name = "payouts.frozen"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutsThawed(DomainEvent):
    name = "payouts.thawed"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutsPausedByStaff(DomainEvent):
    """Nothing new is planned, approved or submitted until they go on."""

    name = "payouts.paused"
    handled = False
    reason: str


@dataclass(frozen=True, kw_only=True)
class PayoutsResumed(DomainEvent):
    name = "payouts.resumed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class PayoutRunPlanned(DomainEvent):
    """Who is in it is fixed. `alone` when it goes without a person."""

    name = "payout_run.planned"
    alone: bool
    totals: list[dict[str, object]]


@dataclass(frozen=True, kw_only=True)
class PayoutRunApprovedOnce(DomainEvent):
    """One of the two has said yes."""

    name = "payout_run.approved_once"


@dataclass(frozen=True, kw_only=True)
class PayoutRunApproved(DomainEvent):
    name = "payout_run.approved"


@dataclass(frozen=True, kw_only=True)
class PayoutRunStarted(DomainEvent):
    name = "payout_run.started"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutRunHandedOn(DomainEvent):
    """So much is posted that another delivery goes on with the rest."""

    name = "payout_run.handed_on"


@dataclass(frozen=True, kw_only=True)
class PayoutRunDone(DomainEvent):
    name = "payout_run.done"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutRunCancelled(DomainEvent):
    """By hand, or because nobody approved it in time (`lapsed`). What it had posted goes on."""

    name = "payout_run.cancelled"
    lapsed: bool


@dataclass(frozen=True, kw_only=True)
class PayoutRequested(DomainEvent):
    name = "payout.requested"
    amount_minor: int
    currency: str
    attempt: int


@dataclass(frozen=True, kw_only=True)
class PayoutHeld(DomainEvent):
    name = "payout.held"
    handled = False
    hold: str
    until: str


@dataclass(frozen=True, kw_only=True)
class PayoutLetGo(DomainEvent):
    name = "payout.let_go"


@dataclass(frozen=True, kw_only=True)
class PayoutSubmitted(DomainEvent):
    name = "payout.submitted"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutSent(DomainEvent):
    """In transit to the payee's bank."""

    name = "payout.sent"
    provider_payout: str


@dataclass(frozen=True, kw_only=True)
class PayoutPaid(DomainEvent):
    name = "payout.paid"


@dataclass(frozen=True, kw_only=True)
class PayoutFailed(DomainEvent):
    """Refused, or sent back by the bank, also after it had been paid: on the payee's account at the provider again."""

    name = "payout.failed"
    why: str
    was_paid: bool
    retry_at: str


@dataclass(frozen=True, kw_only=True)
class FundingNotPaid(DomainEvent):
    """Declined, expired or given up: nothing was charged."""

    name = "funding.not_paid"
    handled = False
    why: str


@dataclass(frozen=True, kw_only=True)
class FundingMismatched(DomainEvent):
    """Another amount or currency arrived than was asked: it waits in suspense."""

    name = "funding.mismatched"
    charge: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class RefundRequested(DomainEvent):
    name = "refund.requested"
    amount_minor: int
    currency: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RefundSent(DomainEvent):
    name = "refund.sent"
    handled = False
    provider_refund: str


@dataclass(frozen=True, kw_only=True)
class RefundDone(DomainEvent):
    name = "refund.done"


@dataclass(frozen=True, kw_only=True)
class RefundReturned(DomainEvent):
    """The provider refused for good; the money is in the wallet again."""

    name = "refund.returned"
    why: str


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(DomainEvent):
    """A money action waits for a second person."""

    name = "approval.asked"
    kind: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ApprovalGranted(DomainEvent):
    name = "approval.granted"
    result: str


@dataclass(frozen=True, kw_only=True)
class ApprovalClosed(DomainEvent):
    """Declined, withdrawn or not answered in time: nothing has moved."""

    name = "approval.closed"
    how: str


@dataclass(frozen=True, kw_only=True)
class ApprovalLimitChanged(DomainEvent):
    name = "approval.limit_changed"
    handled = False
    currency: str
    limit_minor: int | None


@dataclass(frozen=True, kw_only=True)
class LotAgeing(DomainEvent):
    """Day 60 of an unused lot."""

    name = "lot.ageing"
    remaining_minor: int
    currency: str
    goes_back_on: str


@dataclass(frozen=True, kw_only=True)
class ProtectedLotDue(DomainEvent):
    """Day 85 of money that protects a contract: it is decided now where it goes."""

    name = "lot.protected_due"
    contract: str


@dataclass(frozen=True, kw_only=True)
class ReserveLapsed(DomainEvent):
    """Day 85 of money that was reserved for a V task (`aggregate`): it is on its way back to its source."""

    name = "reserve.lapsed"
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class WebhookReceived(DomainEvent):
    name = "webhook.received"
    type: str


@dataclass(frozen=True, kw_only=True)
class ReconciliationAsked(DomainEvent):
    """A provider's books are to be compared with ours; of a run that was broken off, it goes on."""

    name = "reconciliation.asked"
    provider: str


@dataclass(frozen=True, kw_only=True)
class ReconciliationFinished(DomainEvent):
    """Both sides were read and compared: how many differences are new, still there, and no longer there."""

    name = "reconciliation.finished"
    provider: str
    new: int
    known: int
    resolved: int


@dataclass(frozen=True, kw_only=True)
class DifferenceTaken(DomainEvent):
    name = "difference.taken"
    handled = False


@dataclass(frozen=True, kw_only=True)
class DifferenceExplained(DomainEvent):
    name = "difference.explained"
    handled = False
    reason: str


@dataclass(frozen=True, kw_only=True)
class DifferenceResolved(DomainEvent):
    name = "difference.resolved"
    handled = False
    run: str


@dataclass(frozen=True, kw_only=True)
class ChargebackOpened(DomainEvent):
    """A payer asks her bank for a payment back, or (an inquiry) what it was."""

    name = "chargeback.opened"
    is_inquiry: bool
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ChargebackTaken(DomainEvent):
    """The provider took it: what of it stood where. The money of these contracts stands still."""

    name = "chargeback.taken"
    contracts: list[str]
    taken_minor: int
    debt_minor: int
    unmatched_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ChargebackReinstated(DomainEvent):
    """The provider gave it back: it is again where it was."""

    name = "chargeback.reinstated"
    contracts: list[str]
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ChargebackMoved(DomainEvent):
    """The payer's bank looks at our answer, or an inquiry became a chargeback."""

    name = "chargeback.moved"
    handled = False
    status: str


@dataclass(frozen=True, kw_only=True)
class ChargebackClosed(DomainEvent):
    """Won, lost, or closed without either. What of a lost one stood under `contracts` has covered it."""

    name = "chargeback.closed"
    how: str
    contracts: list[str]
    fee_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ChargebackContradicted(DomainEvent):
    """The provider's lines no longer say what it had decided: a person looks at it, nothing is booked."""

    name = "chargeback.contradicted"
    lines: int


@dataclass(frozen=True, kw_only=True)
class EvidenceWanted(DomainEvent):
    """What the platform knows about the deal behind a chargeback is to be gathered, anew."""

    name = "evidence.wanted"


@dataclass(frozen=True, kw_only=True)
class EvidenceReminded(DomainEvent):
    """The day on which a chargeback must be answered comes near, and nobody has answered it."""

    name = "evidence.reminded"
    days: int


@dataclass(frozen=True, kw_only=True)
class EvidenceWritten(DomainEvent):
    name = "evidence.written"
    handled = False


@dataclass(frozen=True, kw_only=True)
class EvidenceAsked(DomainEvent):
    """It is to be handed in; `by_clock` on the last day, because nobody did."""

    name = "evidence.asked"
    by_clock: bool


@dataclass(frozen=True, kw_only=True)
class EvidenceSent(DomainEvent):
    """The provider has it."""

    name = "evidence.sent"
    handled = False


@dataclass(frozen=True, kw_only=True)
class EvidenceRefused(DomainEvent):
    name = "evidence.refused"
    why: str


@dataclass(frozen=True, kw_only=True)
class DebtArose(DomainEvent):
    """A party (`aggregate`) owes us something."""

    name = "debt.arose"
    debt: str
    why: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class DebtSettled(DomainEvent):
    """A part of what a party (`aggregate`) owed; `left_minor` of all its debts in this currency is left."""

    name = "debt.settled"
    how: str
    amount_minor: int
    left_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class WalletRefilled(DomainEvent):
    """Money is free in the wallet of `party` again: of a V task's budget, or of a transfer taken back (`aggregate`)."""

    name = "wallet.refilled"
    party: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TransferTakenBack(DomainEvent):
    """Finance staff decided that a payee gives a transfer back; `owed` when it has left her account already."""

    name = "transfer.taken_back"
    transfer: str
    owed: bool
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TransferReversalDone(DomainEvent):
    name = "transfer_reversal.done"


@dataclass(frozen=True, kw_only=True)
class TransferReversalRefused(DomainEvent):
    """The provider refused: the payee has less there. It is hers as before."""

    name = "transfer_reversal.refused"
    why: str


@dataclass(frozen=True, kw_only=True)
class ReserveChargedBack(DomainEvent):
    """What was set aside for a V task (`aggregate`) was taken by a payer's bank, or came back from there."""

    name = "reserve.charged_back"
