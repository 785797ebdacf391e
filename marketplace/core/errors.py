"""Refusals. Every one has a stable code that the API, the pages and the logs share, and a context for its sentence."""

from typing import ClassVar


class MooringError(Exception):
    """Something the rules refuse. `code` is stable; `status` is the HTTP answer; `context` fills the sentence."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400

    def __init__(self, message: str = "", **context: object) -> None:
        super().__init__(message or self.code)
        self.message = message
        self.context = context


class NotFound(MooringError):
    """It does not exist, or the actor may not see that it does."""

    code = "not_found"
    status = 404


class Forbidden(MooringError):
    """The actor sees it and may not do this to it."""

    code = "forbidden"
    status = 403


class Conflict(MooringError):
    """It was true when the page was drawn and is not any more."""

    code = "conflict"
    status = 409


class IllegalTransition(Conflict):
    """The state machine has no such move from here."""

    code = "illegal_transition"


class SwitchedParty(Conflict):
    """The form was drawn for one party and sent while acting for another."""

    code = "switched_party"


class KeyReused(Conflict):
    """The same idempotency key came with another request."""

    code = "idempotency_key_reused"


class Refused(MooringError):
    """A rule of the domain says no; the sentence says what to do instead."""

    code = "refused"
    status = 422


class TooMany(MooringError):
    """A limit was reached; `retry_after` in the context is in seconds."""

    code = "too_many"
    status = 429
