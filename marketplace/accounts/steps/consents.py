from django.conf import settings

from marketplace.accounts.events import TermsAccepted
from marketplace.accounts.models import Consent, User
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import step


@step
def accept_terms(user: User, *, language: str, by: Actor) -> None:
    """Record that `user` accepted today's terms and privacy notice. Again: nothing happens."""
    versions = {Consent.Document.TERMS: settings.TERMS_VERSION, Consent.Document.PRIVACY: settings.PRIVACY_VERSION}
    made = [
        Consent.objects.get_or_create(user=user, document=document, version=version, defaults={"language": language})[1]
        for document, version in versions.items()
    ]
    if any(made):
        event = TermsAccepted(aggregate=user.public_id, terms=settings.TERMS_VERSION, privacy=settings.PRIVACY_VERSION)
        record(event, by=by)
