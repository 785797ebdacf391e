"""The mail after a change: to all owners and finance people. What allauth mails to an old address has the link too."""

from marketplace.accounts.freeze_link import freeze_path
from marketplace.accounts.models import Party
from marketplace.accounts.selectors import emails_of
from marketplace.core.actor import Role
from marketplace.core.tx import step
from marketplace.notifications.steps.notify import notify
from marketplace.payments.models import PayoutGuard
from marketplace.payments.payout_rules import SECURITY_WAIT


@step
def tell_guarded(party: Party, guard: PayoutGuard) -> None:
    """What changed, until when payouts wait, and the link that freezes them."""
    facts: dict[str, object] = {"party": party.name, "until": (guard.changed_at + SECURITY_WAIT).date().isoformat()}
    people = emails_of(party.pk, Role.OWNER, Role.FINANCE)
    notify(people, f"payouts_wait_{guard.change}", facts=facts, path=freeze_path(party.public_id), party=party)
