"""Reads about chargebacks."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet, Sum

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.money import Money
from marketplace.ledger.selectors import lots_of_charge
from marketplace.payments.answers import ProviderChargeback
from marketplace.payments.machine import STANDING
from marketplace.payments.models import Chargeback, ChargebackPart, Funding


def funding_behind(provider: str, answer: ProviderChargeback) -> Funding | None:
    """The payment of ours that was taken back: by its charge, or by our reference if we do not know it as paid yet."""
    payments = Funding.objects.filter(provider=provider)
    by_charge = payments.filter(charge=answer.charge).first() if answer.charge else None
    return by_charge or (payments.filter(public_id=answer.reference).first() if answer.reference else None)


def get_chargeback(public_id: str) -> Chargeback:
    try:
        return Chargeback.objects.select_related("party", "funding", "evidence").get(public_id=public_id)
    except Chargeback.DoesNotExist:
        raise NotFound from None


def chargebacks_of(actor: Actor) -> QuerySet[Chargeback]:
    """Those of the actor's party that are not over."""
    mine = Chargeback.objects.visible_to(actor).filter(party_id=actor.party_id)
    return mine.filter(state__in=[state.value for state in STANDING]).select_related("funding").order_by("-id")


def contracts_behind(chargeback: Chargeback) -> list[str]:
    """Every contract that money of this charge has ever stood under, released or not."""
    lots = lots_of_charge(chargeback.provider, chargeback.charge).filter(held_in__kind="protected")
    return sorted({lot.held_in.code.partition(":")[2] for lot in lots})


def unsettled_chargebacks(*, unchecked_for: timedelta, limit: int = 100) -> QuerySet[Chargeback]:
    """Those whose answer has no known outcome, asked about at once; and others that are open, once a day."""
    now = clock.now()
    standing = Chargeback.objects.filter(state__in=[state.value for state in STANDING])
    due = Q(evidence__state="submitting", checked_at__lt=now - unchecked_for)
    return standing.filter(due | Q(checked_at__lt=now - timedelta(days=1))).order_by("checked_at")[:limit]


def is_frozen(contract: str) -> bool:
    """The payer's bank holds something of its protected funds: nothing of them is released or sent back."""
    return ChargebackPart.objects.frozen(contract).exists()


def was_charged_back(contract: str) -> bool:
    """Something of its protected funds was taken for good."""
    gone = ChargebackPart.objects.filter(place=ChargebackPart.Place.PROTECTED, contract=contract, back_at=None)
    return gone.filter(ended_at__isnull=False).exists()


def frozen_among(contracts: Iterable[str]) -> set[str]:
    """Those of these contracts whose money the payer's bank holds."""
    parts = ChargebackPart.objects.standing().filter(place=ChargebackPart.Place.PROTECTED, contract__in=list(contracts))
    return set(parts.values_list("contract", flat=True))


def held_of(contract: str, currency: str) -> tuple[Money, Money]:
    """What of a contract's money the payer's bank holds now, and what it kept for good."""
    parts = ChargebackPart.objects.filter(place=ChargebackPart.Place.PROTECTED, contract=contract, back_at=None)
    sums = parts.aggregate(
        held=Sum("amount_minor", filter=Q(ended_at=None)), kept=Sum("amount_minor", filter=Q(ended_at__isnull=False))
    )
    return Money(sums["held"] or 0, currency), Money(sums["kept"] or 0, currency)
