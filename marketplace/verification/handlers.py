"""What the owners of a party are told about its checks."""

from django.conf import settings

from marketplace.accounts.selectors import emails_of
from marketplace.core.actor import Role
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify
from marketplace.verification.events import (
    VerificationApproved,
    VerificationExpired,
    VerificationRejected,
    VerificationSubmitted,
)
from marketplace.verification.models import Verification


@handles(VerificationSubmitted)
def tell_submitted(event: Event) -> None:
    tell(event, "verification_submitted")


@handles(VerificationApproved)
def tell_approved(event: Event) -> None:
    tell(event, "verification_approved")


@handles(VerificationRejected)
def tell_rejected(event: Event) -> None:
    """The words of the decision are on the page, not in the mail: mail is no place for what papers say."""
    tell(event, "verification_rejected")


@handles(VerificationExpired)
def tell_expired(event: Event) -> None:
    tell(event, "verification_expired")


def tell(event: Event, notice: str) -> None:
    verification = Verification.objects.select_related("party").get(public_id=event.aggregate)
    party = verification.party
    facts = {"party": party.name, "days": settings.VERIFICATION_DOCUMENT_DAYS}
    path = f"/settings/verification/{verification.kind}/"
    notify(emails_of(party.pk, Role.OWNER), notice, facts=facts, path=path, party=party)
