"""What happens to a contract until it is signed."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ContractDrafted(DomainEvent):
    name = "contract.drafted"
    subject: str
    terms_sha256: str


@dataclass(frozen=True, kw_only=True)
class ContractOpenedForSigning(DomainEvent):
    name = "contract.opened_for_signing"
    sign_by: str


@dataclass(frozen=True, kw_only=True)
class ContractSigned(DomainEvent):
    """One of the signers has signed."""

    name = "contract.signed"
    capacity: str
    document_sha256: str


@dataclass(frozen=True, kw_only=True)
class ContractConcluded(DomainEvent):
    """The last signature is there: it binds all of them."""

    name = "contract.concluded"
    subject: str


@dataclass(frozen=True, kw_only=True)
class ContractSealed(DomainEvent):
    """The PDF of what all have signed was sealed and is kept."""

    name = "contract.sealed"
    handled = False
    sha256: str
    certificate_sha256: str


@dataclass(frozen=True, kw_only=True)
class SealWaits(DomainEvent):
    """There is no seal to seal it with. `why`: missing, unreadable, mismatched, early or expired."""

    name = "contract.seal_waits"
    why: str


@dataclass(frozen=True, kw_only=True)
class ContractLapsed(DomainEvent):
    """Not signed in time, or a signer said no: nobody is bound."""

    name = "contract.lapsed"
    subject: str
    how: str


@dataclass(frozen=True, kw_only=True)
class SigningReminded(DomainEvent):
    name = "contract.signing_reminded"
    hours_left: int


@dataclass(frozen=True, kw_only=True)
class TransferAwaited(DomainEvent):
    """The time to pay is over, and a bank transfer may be on its way: its statement is given some days."""

    name = "contract.transfer_awaited"
    until: str


@dataclass(frozen=True, kw_only=True)
class FundingReminded(DomainEvent):
    name = "contract.funding_reminded"
    hours_left: int


@dataclass(frozen=True, kw_only=True)
class ContractFunded(DomainEvent):
    """The whole of what the merchant pays stands in protected funds: work may start."""

    name = "contract.funded"
    source: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class PaymentSentBack(DomainEvent):
    """A payment for a contract that was paid already or ended meanwhile goes back to where it came from."""

    name = "contract.payment_sent_back"
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class FundsReleased(DomainEvent):
    name = "contract.funds_released"
    release: str
    deliverable: str
    why: str
    gross_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ContractFrozen(DomainEvent):
    """The payer's bank took back money that protects it: nothing is released or sent back until it has decided."""

    name = "contract.frozen"
    chargeback: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ContractThawed(DomainEvent):
    """The money is here again; the clocks began anew."""

    name = "contract.thawed"
    chargeback: str


@dataclass(frozen=True, kw_only=True)
class ContractCompleted(DomainEvent):
    """Everything that was owed is done, and nothing is protected any more."""

    name = "contract.completed"
    subject: str


@dataclass(frozen=True, kw_only=True)
class WorkSubmitted(DomainEvent):
    name = "deliverable.submitted"
    number: int


@dataclass(frozen=True, kw_only=True)
class ChangesRequested(DomainEvent):
    name = "deliverable.changes_requested"
    round: int
    bought: bool = False


@dataclass(frozen=True, kw_only=True)
class ExtraRoundAsked(DomainEvent):
    """The merchant wants a further round of changes and has said which; it waits for its money."""

    name = "deliverable.extra_round_asked"
    extra_round: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ExtraRoundPaid(DomainEvent):
    """Its money stands in protected funds, and the changes are asked for."""

    name = "deliverable.extra_round_paid"
    extra_round: str
    source: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ExtraRoundClosed(DomainEvent):
    """It was not paid: the review ended otherwise, or the merchant took it back."""

    name = "deliverable.extra_round_closed"
    handled = False
    extra_round: str
    how: str


@dataclass(frozen=True, kw_only=True)
class WorkApproved(DomainEvent):
    name = "deliverable.approved"
    by_clock: bool


@dataclass(frozen=True, kw_only=True)
class WorkPublished(DomainEvent):
    name = "deliverable.published"
    link: str


@dataclass(frozen=True, kw_only=True)
class ProofSentBack(DomainEvent):
    """The merchant could not find what was published: another proof is asked for."""

    name = "deliverable.proof_sent_back"
    words: str


@dataclass(frozen=True, kw_only=True)
class WorkVerified(DomainEvent):
    name = "deliverable.verified"
    by_clock: bool


@dataclass(frozen=True, kw_only=True)
class WorkOverdue(DomainEvent):
    name = "deliverable.overdue"


@dataclass(frozen=True, kw_only=True)
class WorkLate(DomainEvent):
    """Overdue for 72 hours: the merchant may end the contract now, and gets back what is not settled."""

    name = "deliverable.late"


@dataclass(frozen=True, kw_only=True)
class WorkVoided(DomainEvent):
    name = "deliverable.voided"
    handled = False


@dataclass(frozen=True, kw_only=True)
class WorkReminded(DomainEvent):
    """A clock of a deliverable runs out soon: `what` is due, review or verify."""

    name = "deliverable.reminded"
    what: str
    hours_left: int


@dataclass(frozen=True, kw_only=True)
class ApprovalPutOff(DomainEvent):
    """The clock did not approve, because something that guards it is missing; it asks again a day later."""

    name = "deliverable.approval_put_off"
    missing: str


@dataclass(frozen=True, kw_only=True)
class RemarkMade(DomainEvent):
    name = "deliverable.remarked"
    remark: str


@dataclass(frozen=True, kw_only=True)
class StayedUp(DomainEvent):
    """It stayed where it was published for as long as agreed: what was kept back is released."""

    name = "deliverable.stayed_up"


@dataclass(frozen=True, kw_only=True)
class LinkOpened(DomainEvent):
    """We opened the link of what was handed in or published; `failure` is empty when it answered."""

    name = "deliverable.link_opened"
    handled = False
    failure: str


@dataclass(frozen=True, kw_only=True)
class StayUpDue(DomainEvent):
    """Time to look whether it is still there."""

    name = "deliverable.stay_up_due"


@dataclass(frozen=True, kw_only=True)
class StayUpChecked(DomainEvent):
    name = "deliverable.stay_up_checked"
    handled = False
    failure: str


@dataclass(frozen=True, kw_only=True)
class StayUpAsked(DomainEvent):
    """It was not found where it should be: the anchor has 72 hours to say why."""

    name = "deliverable.stay_up_asked"
    question: str
    failure: str


@dataclass(frozen=True, kw_only=True)
class StayUpClosed(DomainEvent):
    """`how` is answered, silent or seen_again. No penalty follows by itself from any of them."""

    name = "deliverable.stay_up_closed"
    question: str
    how: str


@dataclass(frozen=True, kw_only=True)
class CancellationRequested(DomainEvent):
    name = "contract.cancellation_requested"
    side: str
    kill_fee_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class CancellationClosed(DomainEvent):
    """Refused or taken back: the contract goes on."""

    name = "contract.cancellation_closed"
    how: str


@dataclass(frozen=True, kw_only=True)
class ContractCancelled(DomainEvent):
    name = "contract.cancelled"
    subject: str
    how: str
    kill_fee_minor: int
    rounds_minor: int = 0  # further rounds that were used, owed in full
    refunded_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class DisputeOpened(DomainEvent):
    name = "contract.dispute_opened"
    dispute: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class DisputeAnswered(DomainEvent):
    """The other side gave its account: mediation begins."""

    name = "contract.dispute_answered"
    dispute: str


@dataclass(frozen=True, kw_only=True)
class DisputeSplitProposed(DomainEvent):
    """`side` is merchant, anchor or mediator."""

    name = "contract.dispute_split_proposed"
    dispute: str
    proposal: str
    side: str
    anchor_bp: int


@dataclass(frozen=True, kw_only=True)
class DisputeProposalAccepted(DomainEvent):
    """One side accepts what the mediator proposed; it is settled when the other does, too."""

    name = "contract.dispute_proposal_accepted"
    dispute: str
    proposal: str


@dataclass(frozen=True, kw_only=True)
class DisputeProposalClosed(DomainEvent):
    """What the mediator proposed was refused, or not accepted in time: our staff decide. `how` is refused or lapsed."""

    name = "contract.dispute_proposal_closed"
    dispute: str
    proposal: str
    how: str


@dataclass(frozen=True, kw_only=True)
class DisputeReminded(DomainEvent):
    """A clock of a dispute runs out soon: `what` is reply, mediation, proposal or appeal."""

    name = "contract.dispute_reminded"
    dispute: str
    what: str


@dataclass(frozen=True, kw_only=True)
class DisputeOverdue(DomainEvent):
    """Our staff have not done in time what they owe: `what` is mediation or appeal. Told again every day."""

    name = "contract.dispute_overdue"
    dispute: str
    what: str


@dataclass(frozen=True, kw_only=True)
class DisputeDecided(DomainEvent):
    """The split is known, and moves nothing until it can be appealed no more. `decided` is staff, silence or proposal
    (the mediator's last one, when mediation is over)."""

    name = "contract.dispute_decided"
    dispute: str
    decided: str
    anchor_bp: int


@dataclass(frozen=True, kw_only=True)
class DisputeDecisionAccepted(DomainEvent):
    """One side accepts the decision; it takes effect when the other does, too, or when its time is over."""

    name = "contract.dispute_decision_accepted"
    dispute: str


@dataclass(frozen=True, kw_only=True)
class DisputeAppealed(DomainEvent):
    name = "contract.dispute_appealed"
    dispute: str
    side: str


@dataclass(frozen=True, kw_only=True)
class DisputeSettled(DomainEvent):
    """It is over. `how` is withdrawn, agreed, decided, upheld or changed."""

    name = "contract.dispute_settled"
    dispute: str
    how: str
    anchor_minor: int
    merchant_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ReviewWritten(DomainEvent):
    """By which side; what it says is not told before both are published."""

    name = "contract.review_written"
    side: str


@dataclass(frozen=True, kw_only=True)
class ReviewsReminded(DomainEvent):
    """A day is left to write."""

    name = "contract.reviews_reminded"


@dataclass(frozen=True, kw_only=True)
class ReviewsPublished(DomainEvent):
    name = "contract.reviews_published"
    published: int


@dataclass(frozen=True, kw_only=True)
class ReviewAnswered(DomainEvent):
    name = "contract.review_answered"
    review: str


@dataclass(frozen=True, kw_only=True)
class AmendmentProposed(DomainEvent):
    """A change of the contract is open for signing by all who signed it. Its events are the contract's."""

    name = "contract.amendment_proposed"
    amendment: str
    number: int
    terms_sha256: str
    sign_by: str


@dataclass(frozen=True, kw_only=True)
class AmendmentSigned(DomainEvent):
    """One of the signers has signed a change."""

    name = "contract.amendment_signed"
    amendment: str
    capacity: str
    document_sha256: str


@dataclass(frozen=True, kw_only=True)
class AmendmentToPay(DomainEvent):
    """Signed by all; in force when the merchant has paid what the fee rises by."""

    name = "contract.amendment_to_pay"
    amendment: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class AmendmentInForce(DomainEvent):
    """The contract reads differently from now on, and its money has followed."""

    name = "contract.amendment_in_force"
    amendment: str
    number: int
    subject: str


@dataclass(frozen=True, kw_only=True)
class AmendmentClosed(DomainEvent):
    """The contract stays as it is. `how`: declined, withdrawn, lapsed or overtaken."""

    name = "contract.amendment_closed"
    amendment: str
    how: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class AbsenceReported(DomainEvent):
    """The merchant says that the anchor did not come to this live; her side is asked."""

    name = "deliverable.absence_reported"
    absence: str
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class AbsenceAnswered(DomainEvent):
    """Nothing follows from it by itself. `how`: contested or withdrawn."""

    name = "deliverable.absence_answered"
    absence: str
    how: str
    words: str


@dataclass(frozen=True, kw_only=True)
class AbsenceStands(DomainEvent):
    """Admitted, or not contested in time."""

    name = "deliverable.absence_stands"
    absence: str


@dataclass(frozen=True, kw_only=True)
class ContractHandedOver(DomainEvent):
    """Another anchor took the seat over: what was left is protected for `successor`, which runs."""

    name = "contract.handed_over"
    successor: str
    subject: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TemplateCopied(DomainEvent):
    """A draft of the contract's words was begun, with those of `source`, to replace `replaces` (both are versions)."""

    name = "contract_template.copied"
    handled = False
    version: str
    source: str
    replaces: str


@dataclass(frozen=True, kw_only=True)
class TemplateEdited(DomainEvent):
    """`clauses` are the keys of what was added, changed or removed; `sha256` is of all its words afterwards."""

    name = "contract_template.edited"
    handled = False
    clauses: list[str]
    sha256: str


@dataclass(frozen=True, kw_only=True)
class TemplatePublished(DomainEvent):
    """Contracts are drafted from it, from now on."""

    name = "contract_template.published"
    handled = False
    version: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class TemplateRetired(DomainEvent):
    name = "contract_template.retired"
    handled = False
    by_version: str


@dataclass(frozen=True, kw_only=True)
class TemplateDiscarded(DomainEvent):
    name = "contract_template.discarded"
    handled = False
