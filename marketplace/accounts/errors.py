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
