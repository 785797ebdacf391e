"""A person's copy of her data: the checks that she began. Papers are named and dated, as on the page."""

from marketplace.accounts.models import User
from marketplace.accounts.steps.exports import exports
from marketplace.verification.models import Verification, VerificationDocument

FIELDS = (
    "kind",
    "state",
    "legal_name",
    "address",
    "country",
    "registration_number",
    "tax_id",
    "birth_on",
    "guardian_name",
    "guardian_email",
    "started_at",
    "submitted_at",
    "decided_at",
    "reason",
    "reason_words",
)


@exports("verifications")
def verifications(user: User) -> list[dict[str, object]]:
    return list(Verification.objects.filter(started_by=user).values("party__public_id", *FIELDS))


@exports("verification_papers")
def papers(user: User) -> list[dict[str, object]]:
    return list(VerificationDocument.objects.filter(added_by=user).values("kind", "added_at", "erased_at"))
