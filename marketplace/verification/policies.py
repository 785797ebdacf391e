"""Who decides and who may look at papers: compliance, and nobody about a party of their own."""

from enum import StrEnum

from marketplace.core.actor import StaffRole
from marketplace.core.policies import Policy, is_system, staff


class VerificationAction(StrEnum):
    DECIDE = "decide"
    SEE_DOCUMENT = "see_document"
    EXPIRE = "expire"


_COMPLIANCE = staff(StaffRole.COMPLIANCE)

VERIFICATIONS = Policy(
    {
        VerificationAction.DECIDE: ((_COMPLIANCE,),),
        VerificationAction.SEE_DOCUMENT: ((_COMPLIANCE,),),
        VerificationAction.EXPIRE: ((_COMPLIANCE,), (is_system,)),
    }
)
