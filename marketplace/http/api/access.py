"""What a request of a program comes with once it is known: `request.auth`."""

from dataclasses import dataclass

from marketplace.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Access:
    """`key` names who is counted by the limits. `token` is the public id of the token, empty for a session."""

    actor: Actor
    scopes: frozenset[str]
    key: str
    token: str = ""
