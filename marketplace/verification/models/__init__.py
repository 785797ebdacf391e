from marketplace.verification.models.document import DocumentKind, DocumentView, VerificationDocument
from marketplace.verification.models.verification import RejectionReason, Verification

__all__ = ["DocumentKind", "DocumentView", "RejectionReason", "Verification", "VerificationDocument"]
