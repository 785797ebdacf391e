from marketplace.contracts.models.absence import Absence
from marketplace.contracts.models.amendment import Amendment, AmendmentDocument, AmendmentSignature
from marketplace.contracts.models.cancellation import Cancellation, Side
from marketplace.contracts.models.clause import Clause
from marketplace.contracts.models.contract import Contract
from marketplace.contracts.models.deliverable import Deliverable, Remark, Submission
from marketplace.contracts.models.dispute import Dispute
from marketplace.contracts.models.dispute_talk import DisputeAppeal, DisputeProposal
from marketplace.contracts.models.document import ContractDocument
from marketplace.contracts.models.extra_round import ExtraRound
from marketplace.contracts.models.handover import Handover
from marketplace.contracts.models.release import Release, Return
from marketplace.contracts.models.review import Review
from marketplace.contracts.models.sealed import Profile, SealedContract
from marketplace.contracts.models.signature import Capacity, Method, Signature
from marketplace.contracts.models.stay_up import StayUpQuestion
from marketplace.contracts.models.template import ContractTemplate

__all__ = [
    "Absence",
    "Amendment",
    "AmendmentDocument",
    "AmendmentSignature",
    "Cancellation",
    "Capacity",
    "Clause",
    "Contract",
    "ContractDocument",
    "ContractTemplate",
    "Deliverable",
    "Dispute",
    "DisputeAppeal",
    "DisputeProposal",
    "ExtraRound",
    "Handover",
    "Method",
    "Profile",
    "Release",
    "Remark",
    "Return",
    "Review",
    "SealedContract",
    "Side",
    "Signature",
    "StayUpQuestion",
    "Submission",
]
