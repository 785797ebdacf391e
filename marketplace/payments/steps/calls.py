"""The record of calls that change something at a provider: written before, answered after."""

from django.conf import settings

from marketplace.core import clock
from marketplace.core.idempotency import request_hash
from marketplace.core.tx import step
from marketplace.payments.machine import CallState
from marketplace.payments.models import ProviderCall


def call_key(operation: str, public_id: str, epoch: int) -> str:
    """`{env}:{operation}:{public_id}:{epoch}`. The epoch rises only after a definite refusal or a look-up that proved
    that nothing exists; never after a timeout, a broken connection or a 5xx."""
    return f"{'demo' if settings.DEMO else 'live'}:{operation}:{public_id}:{epoch}"


@step
def open_call(operation: str, public_id: str, epoch: int, request: dict[str, object]) -> str:
    """Note that the call is about to be made (again). Returns its key."""
    key = call_key(operation, public_id, epoch)
    call, _made = ProviderCall.objects.get_or_create(
        key=key, defaults={"operation": operation, "request_hash": request_hash(request)}
    )
    call.attempts += 1
    call.save(update_fields=["attempts"])
    return key


@step
def close_call(key: str, *, answer: dict[str, object], refused: bool = False) -> None:
    ProviderCall.objects.filter(key=key, state=CallState.OPEN).update(
        state=CallState.REFUSED if refused else CallState.ANSWERED, answer=answer, answered_at=clock.now()
    )
