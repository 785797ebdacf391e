"""What contracts refuse."""

from marketplace.core.errors import Conflict, Forbidden, Refused


class NotASigner(Forbidden):
    """Only those whom the contract names sign it, and nobody signs for the anchor but the anchor."""

    code = "not_a_signer"


class AlreadySigned(Conflict):
    code = "already_signed"


class DocumentChanged(Conflict):
    """What was on the screen is not what would be signed."""

    code = "document_changed"


class AnchorNotVerified(Refused):
    """The anchor's age and name must be known before she signs."""

    code = "anchor_not_verified"


class SelfDealing(Refused):
    """The two sides are the same people: they share a member, a company or a tax number."""

    code = "self_dealing"
