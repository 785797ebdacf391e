"""From protected funds to the payees: what a deliverable releases, and what a contract still holds."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Sum

from marketplace.contracts.errors import FundsFrozen, UnderDispute
from marketplace.contracts.events import FundsReleased
from marketplace.contracts.models import Contract, Deliverable, Dispute, ExtraRound, Release, Return
from marketplace.contracts.releasing import Parts, parts_of
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.ledger.errors import LotExhausted, Overdraft
from marketplace.ledger.plan import LotsDoNotCover
from marketplace.payments.models import Refund, Transfer
from marketplace.payments.selectors.chargebacks import is_frozen as is_frozen_by_chargeback
from marketplace.payments.steps.protecting import ALL, Lots, refund_protected
from marketplace.payments.steps.protecting import release as release_funds


@step
def release(
    contract: Contract,
    *,
    by: Actor,
    gross_minor: int,
    why: Release.Why,
    deliverable: Deliverable | None = None,
    by_clock: bool = False,
    extra_round: ExtraRound | None = None,
) -> list[Transfer]:
    """Make `gross_minor` of the fee, or of the price of a further round, the payees'. The split is the one that was
    signed. Nothing to release: nothing.

    Raises FundsFrozen, ValueError beyond the fee, LotsDoNotCover. The caller has locked the contract.
    """
    if not gross_minor:
        return []
    require_funds(contract)
    parts = next_parts(contract, gross_minor, extra_round=extra_round)
    made = Release.objects.create(
        public_id=new_id("rel"),
        contract=contract,
        deliverable=deliverable,
        extra_round=extra_round,
        why=why,
        currency=contract.currency,
        by_clock=by_clock,
        at=clock.now(),
        **{
            f"{name}_minor": getattr(parts, f"{name}_minor")
            for name in ("gross", "platform_fee", "vat", "agency", "withheld", "anchor")
        },
    )
    payees = [(contract.anchor, parts.money("anchor"))]
    if contract.agency is not None:
        payees.append((contract.agency, parts.money("agency")))
    with frozen_or_covered(contract):
        transfers = release_funds(
            actor=by,
            merchant=contract.merchant,
            contract=contract.public_id,
            release=made.public_id,
            payees=payees,
            platform_fee=parts.money("platform_fee"),
            vat=parts.money("vat"),
            about=f"{contract.title} · {deliverable.title}" if deliverable else contract.title,
            lots=lots_of(contract, extra_round),
            is_round=extra_round is not None,
        )
    event = FundsReleased(
        aggregate=contract.public_id,
        release=made.public_id,
        deliverable=deliverable.public_id if deliverable else "",
        why=made.why,
        gross_minor=gross_minor,
        currency=contract.currency,
    )
    record(event, by=by)
    return transfers


@step
def give_back(
    contract: Contract, *, by: Actor, gross_minor: int, why: Return.Why, extra_round: ExtraRound | None = None
) -> Money:
    """Send `gross_minor` of the fee, or of the price of a further round, back to where it came from, with its platform
    fee and VAT; returns all of it.

    Raises FundsFrozen, ValueError beyond the fee, LotsDoNotCover. The caller has locked the contract.
    """
    if not gross_minor:
        return Money.zero(contract.currency)
    require_funds(contract)
    money = note_return(contract, gross_minor=gross_minor, why=why, extra_round=extra_round)
    with frozen_or_covered(contract):
        refund_protected(
            actor=by,
            merchant=contract.merchant,
            contract=contract.public_id,
            money=money,
            reason=Refund.Reason.DISPUTE if why == Return.Why.DISPUTE else Refund.Reason.CANCELLED,
            lots=lots_of(contract, extra_round),
        )
    return money


@step
def note_return(
    contract: Contract, *, gross_minor: int, why: Return.Why, extra_round: ExtraRound | None = None
) -> Money:
    """Write down that it is the merchant's again; how it gets there is the caller's.

    Raises ValueError beyond the fee.
    """
    parts = next_parts(contract, gross_minor, extra_round=extra_round)
    Return.objects.create(
        contract=contract,
        extra_round=extra_round,
        why=why,
        currency=contract.currency,
        at=clock.now(),
        **{f"{name}_minor": getattr(parts, f"{name}_minor") for name in ("gross", "platform_fee", "vat")},
    )
    return parts.total


@contextmanager
def frozen_or_covered(contract: Contract) -> Iterator[None]:
    """Between our look and the lots a chargeback may have taken them: then that is why they do not cover it. Nobody
    else takes anything out of a contract that we hold the lock of.
    """
    try:
        yield
    except LotsDoNotCover:
        require_funds(contract)
        raise
    except (LotExhausted, Overdraft) as error:
        raise FundsFrozen from error


def next_parts(contract: Contract, gross_minor: int, *, extra_round: ExtraRound | None = None) -> Parts:
    """What the next `gross_minor` of the fee, or of a round's price, gives to whom. Raises ValueError beyond it."""
    falls = extra_round.falls if extra_round else contract.falls
    return parts_of(falls, before_minor=settled_minor(contract, extra_round), gross_minor=gross_minor)


def settled_minor(contract: Contract, extra_round: ExtraRound | None = None) -> int:
    """How much of the fee, or of a round's price, is nobody's question any more: released, or given back.

    What went back because a lower fee was agreed is no part of that fee.
    """
    returns = contract.returns.exclude(why=Return.Why.AMENDED)
    rows = (of_it.filter(extra_round=extra_round) for of_it in (contract.releases.all(), returns))
    return sum(found.aggregate(total=Sum("gross_minor"))["total"] or 0 for found in rows)


def lots_of(contract: Contract, extra_round: ExtraRound | None) -> Lots:
    """What carries a further round carries nothing else, so that each goes back to where it came from."""
    if extra_round is not None:
        return Lots(extra_round.lots, others=False)
    if contract.extra_round is None:
        return ALL
    rounds = ExtraRound.objects.filter(deliverable__contract=contract).exclude(lots=[])
    return Lots([lot for lots in rounds.values_list("lots", flat=True) for lot in lots])


def unsettled_minor(contract: Contract) -> int:
    return contract.gross_minor - settled_minor(contract)


@step
def release_what_is_due(deliverable: Deliverable, *, by: Actor, by_clock: bool) -> list[Transfer]:
    """When it is approved or verified, whichever releases. What the contract keeps back waits for the stay-up date."""
    contract = deliverable.contract
    kept = kept_back_minor(deliverable)
    return release(
        contract,
        by=by,
        gross_minor=deliverable.releases_minor - kept,
        why=Release.Why.DELIVERED,
        deliverable=deliverable,
        by_clock=by_clock,
    )


@step
def release_what_was_kept_back(deliverable: Deliverable, *, by: Actor) -> list[Transfer]:
    """Once; of what is out and verified."""
    contract = deliverable.contract
    if contract.releases.filter(deliverable=deliverable, why=Release.Why.KEPT_BACK).exists():
        return []
    kept = kept_back_minor(deliverable)
    return release(contract, by=by, gross_minor=kept, why=Release.Why.KEPT_BACK, deliverable=deliverable)


def kept_back_minor(deliverable: Deliverable) -> int:
    """Only of what the public sees can a share be kept back until it has stayed up."""
    if not deliverable.is_public:
        return 0
    return deliverable.releases_minor * deliverable.contract.deal.holdback_bp // 10_000


def is_frozen(deliverable: Deliverable) -> bool:
    """A dispute about it stands, or the payer's bank holds money of its contract: neither its money nor its clocks
    move."""
    return is_disputed(deliverable) or funds_are_frozen(deliverable.contract)


def is_disputed(deliverable: Deliverable) -> bool:
    return Dispute.objects.open().filter(deliverable=deliverable).exists()


def funds_are_frozen(contract: Contract) -> bool:
    """All of them, however little the payer's bank took: who would be paid out of the rest is nobody's to choose."""
    return is_frozen_by_chargeback(contract.public_id)


def require_unfrozen(deliverable: Deliverable) -> None:
    """Raises UnderDispute, FundsFrozen."""
    if is_disputed(deliverable):
        raise UnderDispute
    require_funds(deliverable.contract)


def require_funds(contract: Contract) -> None:
    """Raises FundsFrozen."""
    if funds_are_frozen(contract):
        raise FundsFrozen
