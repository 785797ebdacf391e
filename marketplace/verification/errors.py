"""What a check of identity refuses."""

from marketplace.core.errors import Refused


class StillMissing(Refused):
    """Something that is asked for is not there; `fields` in the context names them."""

    code = "verification_missing"


class TooYoung(Refused):
    """Under 16: no contract, whoever agrees."""

    code = "verification_too_young"


class NotBornYet(Refused):
    """A date in the future, or more than 120 years ago."""

    code = "verification_birth_date"


class HolderIsNotGuardian(Refused):
    """The money of somebody under 18 goes to the guardian."""

    code = "verification_holder_is_not_guardian"


class OwnParty(Refused):
    """Nobody decides on a party that they belong to."""

    code = "verification_own_party"


class TooManyDocuments(Refused):
    code = "verification_too_many_documents"
