"""What Stripe still wants of a payee, in a few kinds that a page can put into words."""

from typing import Any

from marketplace.payments.answers import Wanted

# The first that fits; the descriptions are paths of what is wanted.
BEGINNINGS = (
    ("identity.attestations", Wanted.TERMS),
    ("configuration.recipient.default_outbound_destination", Wanted.BANK),
    ("identity.individual.documents", Wanted.PAPERS),
    ("identity.business_details.documents", Wanted.PAPERS),
    ("identity.individual", Wanted.PERSON),
    ("identity.persons", Wanted.PERSON),
    ("identity.business_details", Wanted.BUSINESS),
)


def kinds(account: Any) -> tuple[Wanted, ...]:
    """Each kind once, in the order of `Wanted`; only what waits for her, not what Stripe is looking at."""
    entries = account.requirements.entries if account.requirements else None
    mine = {kind(entry.description) for entry in entries or [] if entry.awaiting_action_from == "user"}
    return tuple(wanted for wanted in Wanted if wanted in mine)


def kind(description: str) -> Wanted:
    """Of one requirement."""
    return next((wanted for path, wanted in BEGINNINGS if description.startswith(path)), Wanted.OTHER)
