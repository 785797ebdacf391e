from marketplace.accounts.models import User
from marketplace.accounts.steps.erasure import blocks_erasure
from marketplace.core.actor import Role
from marketplace.ledger import chart
from marketplace.ledger.selectors import balances_of


@blocks_erasure
def wallet_is_not_empty(user: User) -> str | None:
    """A party that this person owns and that still has money with us."""
    owned = user.memberships.filter(role=Role.OWNER, removed_at=None).select_related("party")
    for party in (membership.party for membership in owned):
        if any(balances_of(chart.wallet(party.public_id, party.pk))):
            return party.name
    return None
