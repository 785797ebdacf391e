"""Every way in which the bank can be made to misbehave, with the meaning of its one argument."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Action:
    """One kind of fault; `unit` says what its argument counts (none: it takes no argument)."""

    name: str
    surface: str
    unit: str
    default: int | None
    meaning: str


CALL, OUTCOME, EVENT, SENDING = "call", "outcome", "event", "sending"

ACTIONS = {
    action.name: action
    for action in (
        Action("refuse_connect", CALL, "", None, _("Answers 503 before looking at the request.")),
        Action("rate_limit_429", CALL, "s", 1, _("Answers 429 with Retry-After; nothing happens.")),
        Action("error_500_before", CALL, "", None, _("Answers 500 before anything happens; not remembered.")),
        Action("error_500_during", CALL, "", None, _("Undoes the effect, answers 500 and remembers that answer.")),
        Action("error_500_after", CALL, "", None, _("Keeps the effect, answers 500 and remembers that answer.")),
        Action("timeout_before", CALL, "s", None, _("Holds the call, then hangs up; nothing happens.")),
        Action("timeout_after", CALL, "s", None, _("Keeps the effect, holds the answer, then hangs up.")),
        Action("drop_before", CALL, "", None, _("Hangs up at once; nothing happens.")),
        Action("drop_after", CALL, "", None, _("Keeps the effect and hangs up at once.")),
        Action("slow", CALL, "ms", 1000, _("Works slowly, but works.")),
        Action("malformed_json", CALL, "", None, _("Keeps the effect and answers half a document.")),
        Action("decline", OUTCOME, "", None, _("The card's bank says no.")),
        Action("settle_later", OUTCOME, "s", 5, _("Accepts now, succeeds later.")),
        Action("fail_later", OUTCOME, "s", 5, _("Accepts now, fails later.")),
        Action("lose", EVENT, "", None, _("The webhook is never sent; only the event log knows.")),
        Action("duplicate", EVENT, "n", 2, _("The webhook is sent n times.")),
        Action("reorder", EVENT, "", None, _("The webhook waits until a later one went out.")),
        Action("delay", EVENT, "s", 60, _("The webhook waits, by the bank's clock.")),
        Action("bad_signature", SENDING, "", None, _("The webhook is signed with a foreign secret.")),
        Action("old_timestamp", SENDING, "s", 3600, _("The webhook's signature is that old.")),
    )
}


def names(*surfaces: str) -> list[str]:
    """The actions that apply on these surfaces."""
    return [action.name for action in ACTIONS.values() if action.surface in surfaces]
