"""What accounts refuse."""

from marketplace.core.errors import Conflict, Refused


class LastOwner(Refused):
    """A party always has an owner."""

    code = "last_owner"


class AlreadyMember(Refused):
    code = "already_member"


class AnchorIsOnePerson(Refused):
    """An anchor is a party of one person: nobody is invited into it."""

    code = "anchor_is_one_person"


class InvitationClosed(Conflict):
    """The invitation was accepted, revoked, or is older than its seven days."""

    code = "invitation_closed"


class InvitationForSomebodyElse(Refused):
    """The link was mailed to another address than the one signed in with."""

    code = "invitation_for_somebody_else"


class WrongSides(Refused):
    """A representation is between an agency and an anchor."""

    code = "wrong_sides"


class AlreadyRepresented(Conflict):
    """Another representation of this anchor overlaps."""

    code = "already_represented"


class RequestPending(Conflict):
    """The same two sides already have a request that waits for an answer."""

    code = "request_pending"


class NotTheirTurn(Refused):
    """The other side has to answer."""

    code = "not_their_turn"


class ErasureBlocked(Refused):
    """Somebody else depends on this person's ownership."""

    code = "erasure_blocked"


class TooManyTokens(Refused):
    """So many at once are not used by anybody: some of them are forgotten ones."""

    code = "too_many_tokens"
