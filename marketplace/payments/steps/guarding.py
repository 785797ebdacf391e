"""What keeps a party's payouts back after somebody changed who can get at them."""

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.payments.events import PayoutsGuarded
from marketplace.payments.models import PayoutGuard
from marketplace.payments.payout_rules import SECURITY_WAIT


@step
def guard(party: Party, change: PayoutGuard.Change, *, by: Actor) -> PayoutGuard:
    """From now on payouts of the party wait 72 hours. A freeze stays."""
    now = clock.now()
    found, _made = PayoutGuard.objects.update_or_create(party=party, defaults={"change": change, "changed_at": now})
    until = (now + SECURITY_WAIT).isoformat()
    record(PayoutsGuarded(aggregate=party.public_id, change=change.value, until=until), by=by)
    return found
