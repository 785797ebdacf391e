"""The fault plan: setting rules, and drawing the one that applies to a call."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F, Q

from marketplace.payments.standin.engine import clock
from marketplace.payments.standin.engine.errors import invalid
from marketplace.payments.standin.engine.fault_catalogue import ACTIONS, CALL, EVENT, OUTCOME, SENDING, names
from marketplace.payments.standin.models import Delivery, FaultRule

EVERYTHING = "*"


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call; an empty action means that nothing does."""

    action: str = ""
    argument: int | None = None

    @property
    def delay(self) -> timedelta:
        """The argument as a span of time."""
        return timedelta(seconds=self.argument or 0)


NONE = Fault()


def set_rule(
    *,
    operation: str,
    action: str,
    argument: int | None = None,
    skip: int = 0,
    count: int | None = 1,
    permille: int = 1000,
    seed: str = "",
) -> FaultRule:
    """Plan a fault. `slow:500` and `action=slow, argument=500` are the same."""
    name, _, suffix = action.partition(":")
    if name not in ACTIONS:
        raise invalid("action", f"one of {', '.join(ACTIONS)}")
    if suffix and not suffix.isdecimal():
        raise invalid("action", "the part after the colon is a whole number")
    if suffix:
        argument = int(suffix)
    return FaultRule.objects.create(
        operation=operation,
        action=name,
        argument=ACTIONS[name].default if argument is None else argument,
        skip=skip,
        count=count,
        permille=permille,
        seed=seed,
        created_at=clock.now(),
    )


def clear() -> int:
    """Back to a bank that behaves; webhooks held back for reordering go out."""
    Delivery.objects.filter(waits_for_later=True).update(waits_for_later=False)
    deleted, _ = FaultRule.objects.all().delete()
    return deleted


def draw_for_call(operation: str) -> Fault:
    """The fault of one API or page call."""
    return _draw(operation, names(CALL, OUTCOME))


def draw_for_event(event_type: str) -> Fault:
    """The fault of one event's webhook as a whole."""
    return _draw(f"webhook.deliver.{event_type}", names(EVENT))


def draw_for_sending(event_type: str) -> Fault:
    """The fault of one attempt to send."""
    return _draw(f"webhook.deliver.{event_type}", names(SENDING))


@transaction.atomic
def _draw(operation: str, actions: list[str]) -> Fault:
    """The first rule that fires, oldest first. Its row is locked, so that `count` is exact under any race."""
    unspent = Q(count__isnull=True) | Q(hits__lt=F("count"))
    rules = FaultRule.objects.filter(unspent, operation__in=_patterns(operation), action__in=actions)
    for rule in rules.select_for_update().order_by("pk"):
        number, rule.seen = rule.seen, rule.seen + 1
        fires = number >= rule.skip and _dice(rule.seed, number) < rule.permille
        rule.hits += fires
        rule.save(update_fields=["seen", "hits"])
        if fires:
            return Fault(rule.action, rule.argument)
    return NONE


def _patterns(operation: str) -> list[str]:
    """`refund.create` is matched by itself, by `refund` and by `*`."""
    parts = operation.split(".")
    return [EVERYTHING, *(".".join(parts[:length]) for length in range(1, len(parts) + 1))]


def _dice(seed: str, number: int) -> int:
    """0 to 999 out of a seed and a count: chance that repeats."""
    return int.from_bytes(sha256(f"{seed}:{number}".encode()).digest()[:8]) % 1000
