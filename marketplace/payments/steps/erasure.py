from marketplace.accounts.models import User
from marketplace.accounts.steps.erasure import blocks_erasure
from marketplace.core.actor import Role
from marketplace.ledger import chart
from marketplace.ledger.selectors import balances_of
from marketplace.payments.machine import PayoutState
from marketplace.payments.models import Payout


@blocks_erasure
def wallet_is_not_empty(user: User) -> str | None:
    """A party that this person owns and that still has money with us."""
    owned = user.memberships.filter(role=Role.OWNER, removed_at=None).select_related("party")
    for party in (membership.party for membership in owned):
        own = (party.public_id, party.pk)
        if any(any(balances_of(place(*own))) for place in (chart.wallet, chart.payable, chart.connected)):
            return party.name
        if Payout.objects.filter(party=party).exclude(state=PayoutState.PAID).exists():
            return party.name
    return None
