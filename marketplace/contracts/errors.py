"""What contracts refuse."""

from marketplace.core.errors import Conflict, Forbidden, Refused, TooMany


class NotASigner(Forbidden):
    """Only those whom the contract names sign it, and nobody signs for the anchor but the anchor."""

    code = "not_a_signer"


class AlreadySigned(Conflict):
    code = "already_signed"


class DocumentChanged(Conflict):
    """What was on the screen is not what would be signed."""

    code = "document_changed"


class NotSealedYet(Conflict):
    """All have signed, and its PDF is not there yet: a matter of seconds, or of a seal that has to be renewed."""

    code = "not_sealed_yet"


class TooManyChecks(TooMany):
    """Of files from one address, or at this moment from all of them."""

    code = "too_many_checks"


class AnchorNotVerified(Refused):
    """The anchor's age and name must be known before she signs."""

    code = "anchor_not_verified"


class SelfDealing(Refused):
    """The two sides are the same people: they share a member, a company or a tax number."""

    code = "self_dealing"


class NoWorkBeforeFunds(Conflict):
    """Work starts when its funds are protected, and stops when the contract has ended."""

    code = "no_work_before_funds"


class NothingHandedIn(Refused):
    code = "nothing_handed_in"


class NothingSaid(Refused):
    code = "nothing_said"


class UnderDispute(Conflict):
    """The dispute about it is settled first."""

    code = "under_dispute"


class FundsFrozen(Conflict):
    """The payer's bank took back what the contract's funds are made of: nothing of them moves until that is decided."""

    code = "funds_frozen"


class NotPayable(Conflict):
    """It is paid already, its time to pay is over, or there is nothing to pay."""

    code = "not_payable"


class NotEnoughSetAside(Refused):
    """The wallet or the budget holds less than what is due."""

    code = "not_enough_set_aside"


class NoFurtherRound(Conflict):
    """A free round is left, one is asked for already, nothing is in review, or the contract names no price for it."""

    code = "no_further_round"


class AmendmentStands(Conflict):
    """One change is on the table already: sign it, decline it or take it back first."""

    code = "amendment_stands"


class SameTerms(Refused):
    """What is proposed is what is in force."""

    code = "same_terms"


class ImpossibleTerms(Refused):
    """Nobody could keep these terms; `problems` are the codes of what is wrong."""

    code = "impossible_terms"


class AmendmentOvertaken(Conflict):
    """Work or money went on since it was written, so that it is not about what is left any more."""

    code = "amendment_overtaken"


class CapTooHigh(Refused):
    """What the replacement would cost is more than what is left of the fee."""

    code = "cap_too_high"


class NothingOwed(Conflict):
    """Everything is delivered, or out and being checked: there is nothing that another anchor could take over."""

    code = "nothing_owed"


class AnotherTakesOver(Conflict):
    """Somebody is taking the seat over already."""

    code = "another_takes_over"


class NotAbsentYet(Conflict):
    """The live is not due yet, took place, or is none."""

    code = "not_absent_yet"


class AbsenceReportedAlready(Conflict):
    code = "absence_reported_already"


class NothingToCancel(Conflict):
    code = "nothing_to_cancel"


class NotLateEnough(Conflict):
    """The anchor still has time: 72 hours after it fell due."""

    code = "not_late_enough"


class NothingToDispute(Conflict):
    """Nothing of its money is protected any more, or a dispute stands already."""

    code = "nothing_to_dispute"


class AlreadyAnswered(Conflict):
    """The side has accepted, refused or appealed before: each does so once."""

    code = "already_answered"


class TooLateToPropose(Conflict):
    """Less of the mediation is left than the sides have to accept what is proposed: it is decided instead."""

    code = "too_late_to_propose"


class TimeIsOver(Conflict):
    """The days in which a decision can be appealed have passed."""

    code = "time_is_over"


class DecidedByYou(Forbidden):
    """Whoever decided a dispute does not settle the appeal against that."""

    code = "decided_by_you"


class TemplateUnfinished(Refused):
    """Something in it has to be mended before it is published; its page says what, beside each field."""

    code = "template_unfinished"


class TemplateChanged(Conflict):
    """Somebody edited it after the page was drawn."""

    code = "template_changed"


class TemplateOvertaken(Conflict):
    """Another version was published since this one was begun."""

    code = "template_overtaken"


class SameEditor(Forbidden):
    """Whoever edited it last does not publish it."""

    code = "template_same_editor"
