"""What campaigns refuse."""

from marketplace.core.errors import Conflict, Forbidden, Refused


class MerchantNotVerified(Refused):
    """A merchant is verified before it can publish."""

    code = "merchant_not_verified"


class TaskIncomplete(Refused):
    """Something that the task needs is missing or impossible; `problems` names it."""

    code = "task_incomplete"


class BudgetNotReserved(Refused):
    """An open submission stands on reserved money: anybody may work for it unasked."""

    code = "budget_not_reserved"


class WalletDoesNotCover(Refused):
    code = "wallet_does_not_cover"


class TermsAreFixed(Conflict):
    """What anchors have applied to cannot change under them."""

    code = "terms_are_fixed"


class TaskNotOpen(Conflict):
    """It is paused, closed or over."""

    code = "task_not_open"


class NotEligible(Refused):
    """The anchor does not meet what the task asks; `missing` says what."""

    code = "not_eligible"


class WorkNotShown(Refused):
    """A chosen piece of work is not, or no longer, on the anchor's page."""

    code = "work_not_shown"


class OnlyByInvitation(Refused):
    """The merchant picks for this one; nobody applies."""

    code = "only_by_invitation"


class AlreadyApplied(Conflict):
    code = "already_applied"


class NoSeatLeft(Conflict):
    """Every seat is taken; the waitlist is told when one comes free."""

    code = "no_seat_left"


class NotYourTurn(Conflict):
    """The other side answers now."""

    code = "not_your_turn"


class QuoteOutOfRange(Refused):
    code = "quote_out_of_range"


class NotRepresented(Forbidden):
    """The agency does not represent this anchor for this kind of work."""

    code = "not_represented"


class OfferMoved(Conflict):
    """Another offer is on the table than the one on the screen."""

    code = "offer_moved"


class NothingChanged(Refused):
    """A counter-offer changes at least one term."""

    code = "nothing_changed"


class AlreadyExtended(Refused):
    code = "already_extended"


class TooManySearches(Refused):
    code = "too_many_searches"


class TooManyAttachments(Refused):
    code = "too_many_attachments"


class TooManyProducts(Refused):
    code = "too_many_products"


class ProductUnnamed(Refused):
    code = "product_unnamed"


class LinkNotAccepted(Refused):
    """Not a plain https address: it could lead elsewhere than it seems to."""

    code = "link_not_accepted"


class NotWaiting(Conflict):
    """Only a candidate who waits for a decision, and has no contract in the making, can stand by or take over."""

    code = "not_waiting"


class BenchFull(Conflict):
    code = "bench_full"


class CallOver(Conflict):
    """It was answered, or its half hour is over."""

    code = "call_over"
