from marketplace.accounts.models import Party
from marketplace.accounts.selectors import emails_of
from marketplace.core.actor import Role
from marketplace.notifications.steps.notify import notify


def tell(party: Party, kind: str, facts: dict[str, object], path: str) -> None:
    """Everybody who may move the party's money."""
    notify(emails_of(party.pk, Role.OWNER, Role.FINANCE), kind, facts=facts, path=path, party=party)
