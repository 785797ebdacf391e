"""What we hold about a person, gathered. Each app adds its part with `exports`."""

from collections.abc import Callable

from marketplace.accounts.models import AccessToken, User
from marketplace.core.models import AccessEntry

EXPORT_TIMER = "data_export.expire"
Gather = Callable[[User], object]
_parts: dict[str, Gather] = {}


def exports(name: str) -> Callable[[Gather], Gather]:
    """Register a function of an app that returns its JSON-able part of a person's export."""

    def register(gather: Gather) -> Gather:
        _parts[name] = gather
        return gather

    return register


def gather(user: User) -> dict[str, object]:
    return {name: part(user) for name, part in sorted(_parts.items())}


@exports("account")
def account(user: User) -> dict[str, object]:
    return {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "joined_at": user.joined_at,
        "last_login": user.last_login,
    }


@exports("consents")
def consents(user: User) -> list[dict[str, object]]:
    return list(user.consents.values("document", "version", "language", "at"))


@exports("memberships")
def memberships(user: User) -> list[dict[str, object]]:
    return list(
        user.memberships.values("party__public_id", "party__name", "party__kind", "role", "created_at", "removed_at")
    )


@exports("access_tokens")
def access_tokens(user: User) -> list[dict[str, object]]:
    """Never what opens anything."""
    columns = ("name", "scopes", "prefix", "created_at", "expires_at", "last_used_at", "revoked_at")
    return list(AccessToken.objects.filter(membership__user=user).values("membership__party__name", *columns))


@exports("legal_entities")
def legal_entities(user: User) -> list[dict[str, object]]:
    columns = ("name", "address", "country", "registration_number", "tax_id", "created_at")
    return list(user.legal_entities.values(*columns))


@exports("access_log")
def access_log(user: User) -> list[dict[str, object]]:
    """Which work of other parties she was shown."""
    return list(AccessEntry.objects.filter(viewer=user).order_by("id").values("subject", "source", "address", "at"))
