"""What the check of identity says of a party, where every app can read it."""

from datetime import datetime

from marketplace.accounts.events import PartyUnverified, PartyVerified
from marketplace.accounts.models import Party, VerifiedFact
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import step


@step
def mark_verified(party: Party, kind: str, *, by: Actor, until: datetime | None = None, holder: str = "") -> None:
    """From now on `is_verified` says yes. Again: the newer date holds."""
    found = {"verified_at": clock.now(), "until": until, "holder": holder}
    VerifiedFact.objects.update_or_create(party=party, kind=kind, defaults=found)
    record(PartyVerified(aggregate=party.public_id, kind=kind), by=by)


@step
def mark_unverified(party: Party, kind: str, *, by: Actor) -> None:
    """Again: nothing happens."""
    gone, _by_model = VerifiedFact.objects.filter(party=party, kind=kind).delete()
    if gone:
        record(PartyUnverified(aggregate=party.public_id, kind=kind), by=by)
