"""Takes a transfer back at the provider: note the call, make it, note the answer. May be cut off anywhere and run
again."""

from datetime import timedelta

from marketplace.core import clock
from marketplace.payments.errors import ProviderError, ProviderFinal
from marketplace.payments.flows.refresh import IN_FLIGHT, PATIENCE
from marketplace.payments.flows.submit import KEY_LIFE, SYSTEM
from marketplace.payments.gateways import provider
from marketplace.payments.models import TransferReversal
from marketplace.payments.selectors.reversals import unsettled_reversals
from marketplace.payments.services import reversals as services


def submit_reversal(public_id: str) -> TransferReversal | None:
    """Raises ProviderRetryable or ProviderUnknown: the outbox tries again."""
    opened = services.open_reversal_call(actor=SYSTEM, public_id=public_id)
    if opened is None:
        return None
    reversal, key = opened
    gateway, theirs = provider(reversal.provider), reversal.transfer.provider_transfer
    is_old = clock.now() - reversal.created_at > KEY_LIFE
    answer = gateway.find_reversal(public_id, transfer_id=theirs) if is_old else None
    try:
        answer = answer or gateway.reverse_transfer(theirs, key=key, money=reversal.money, reference=public_id)
    except ProviderFinal as error:
        code = str(error.context.get("provider_code", error))
        return services.record_refused_reversal(actor=SYSTEM, public_id=public_id, key=key, code=code)
    return services.settle_reversal(actor=SYSTEM, public_id=public_id, answer=answer, key=key)


def refresh_reversal(reversal: TransferReversal) -> TransferReversal:
    """Look it up. One that provably does not exist there is asked for under a new key."""
    if clock.now() - reversal.created_at < IN_FLIGHT:
        return submit_reversal(reversal.public_id) or reversal
    theirs = reversal.transfer.provider_transfer
    answer = provider(reversal.provider).find_reversal(reversal.public_id, transfer_id=theirs)
    if answer is None:
        services.raise_reversal_epoch(actor=SYSTEM, public_id=reversal.public_id)
        return submit_reversal(reversal.public_id) or reversal
    return services.settle_reversal(actor=SYSTEM, public_id=reversal.public_id, answer=answer)


def resolve_reversals(*, unchecked_for: timedelta = PATIENCE) -> int:
    """Those without a known outcome. Returns how many have one now."""
    settled = 0
    for reversal in unsettled_reversals(unchecked_for=unchecked_for):
        try:
            settled += refresh_reversal(reversal).state != reversal.state
        except ProviderError:
            continue
    return settled
