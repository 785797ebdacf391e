"""What a provider says of a chargeback, and our answer to it. Each may be cut off anywhere and run again."""

from contextlib import suppress
from datetime import timedelta

from marketplace.core import clock
from marketplace.core.errors import NotFound
from marketplace.ledger.errors import LotExhausted, Overdraft
from marketplace.payments.answers import ProviderChargeback
from marketplace.payments.errors import ProviderError, ProviderFinal, ProviderRetryable
from marketplace.payments.flows.refresh import IN_FLIGHT, PATIENCE, refresh_funding
from marketplace.payments.flows.submit import KEY_LIFE, SYSTEM
from marketplace.payments.gateways import provider
from marketplace.payments.gateways.provider import HearsChargebacks
from marketplace.payments.models import Chargeback
from marketplace.payments.selectors.chargebacks import funding_behind, get_chargeback, unsettled_chargebacks
from marketplace.payments.services import chargebacks as services

TRIES = 5


def hear(provider_name: str, chargeback_id: str) -> Chargeback:
    """Fetch it, and bring ours there. Its payment is brought here first, if we do not know of it yet.

    Raises NotFound for what is none of ours.
    """
    gateway = _gateway(provider_name)
    answer = gateway.get_chargeback(chargeback_id)
    funding = funding_behind(provider_name, answer)
    if funding is None:
        raise NotFound
    if not funding.charge and not refresh_funding(funding).charge:
        raise ProviderRetryable("the payment is not known yet")
    return settle(funding.public_id, answer)


def settle(funding: str, answer: ProviderChargeback, key: str = "") -> Chargeback:
    """Somebody may spend the same money at the same moment: then it is looked at again, and stands elsewhere."""
    for _ in range(TRIES):
        try:
            return services.settle_chargeback(actor=SYSTEM, funding=funding, answer=answer, key=key)
        except (LotExhausted, Overdraft):
            continue
    raise ProviderRetryable("the money moves all the time")


def submit_evidence(public_id: str) -> Chargeback | None:
    """Hand in what was gathered and written. Raises ProviderRetryable or ProviderUnknown: the outbox tries again."""
    opened = services.open_evidence_call(actor=SYSTEM, public_id=public_id)
    if opened is None:
        return None
    chargeback, texts, key = opened
    gateway, their_id = _gateway(chargeback.provider), chargeback.provider_chargeback
    if clock.now() - chargeback.evidence.asked_at > KEY_LIFE:
        answer = gateway.get_chargeback(their_id)
        if answer.submissions > chargeback.submissions:
            return settle(chargeback.funding.public_id, answer, key)
    try:
        answer = gateway.submit_evidence(their_id, key=key, evidence=texts)
    except ProviderFinal as error:
        code = str(error.context.get("provider_code", error))
        return services.record_refused_evidence(actor=SYSTEM, public_id=public_id, key=key, code=code)
    return settle(chargeback.funding.public_id, answer, key)


def refresh_chargeback(public_id: str) -> Chargeback:
    """Ask how it is. An answer of ours that provably did not get there is handed in under a new key."""
    chargeback = get_chargeback(public_id)
    before = chargeback.submissions
    is_asked = chargeback.evidence.state == "submitting"
    if is_asked and clock.now() - chargeback.evidence.asked_at < IN_FLIGHT:
        return submit_evidence(public_id) or chargeback
    answer = _gateway(chargeback.provider).get_chargeback(chargeback.provider_chargeback)
    chargeback = settle(chargeback.funding.public_id, answer)
    if is_asked and answer.submissions == before:
        services.raise_evidence_epoch(actor=SYSTEM, public_id=public_id)
        return submit_evidence(public_id) or chargeback
    return chargeback


def resolve_chargebacks(*, unchecked_for: timedelta = PATIENCE) -> int:
    """Answers without a known outcome, and once a day all that are open. Returns how many were looked at."""
    looked_at = 0
    for chargeback in unsettled_chargebacks(unchecked_for=unchecked_for):
        with suppress(ProviderError, NotFound):  # asked about again later; it does not stop the others
            refresh_chargeback(chargeback.public_id)
            looked_at += 1
    return looked_at


def _gateway(name: str) -> HearsChargebacks:
    found = provider(name)
    if not isinstance(found, HearsChargebacks):
        raise NotFound
    return found
