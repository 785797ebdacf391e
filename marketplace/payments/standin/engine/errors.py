"""What the bank refuses. One class, because a refusal here is data: a code, a status, and whether to try again."""


class Refusal(Exception):
    """The call had no effect, and this is why."""

    def __init__(self, code: str, message: str, *, status: int = 400, retryable: bool = False, field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.retryable = retryable
        self.field = field


def invalid(field: str, message: str) -> Refusal:
    """A parameter that cannot be used."""
    return Refusal("invalid_parameter", f"{field}: {message}", field=field)


def missing(what: str, public_id: str) -> Refusal:
    """Nothing has this id."""
    return Refusal("not_found", f"There is no {what} {public_id}.", status=404)


def conflict(code: str, message: str) -> Refusal:
    """The object is not in a state that allows it."""
    return Refusal(code, message, status=409)
