from marketplace.accounts.models.consent import Consent
from marketplace.accounts.models.invitation import Invitation
from marketplace.accounts.models.legal_entity import LegalEntity
from marketplace.accounts.models.membership import Membership
from marketplace.accounts.models.party import Party, PartyKind
from marketplace.accounts.models.party_card import PartyCard
from marketplace.accounts.models.privacy import DataExport, ErasureRequest
from marketplace.accounts.models.representation import Representation
from marketplace.accounts.models.staff import StaffGrant
from marketplace.accounts.models.token import AccessToken
from marketplace.accounts.models.user import User
from marketplace.accounts.models.verified_fact import VerifiedFact, VerifiedKind

__all__ = [
    "AccessToken",
    "Consent",
    "DataExport",
    "ErasureRequest",
    "Invitation",
    "LegalEntity",
    "Membership",
    "Party",
    "PartyCard",
    "PartyKind",
    "Representation",
    "StaffGrant",
    "User",
    "VerifiedFact",
    "VerifiedKind",
]
