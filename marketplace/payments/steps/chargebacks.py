"""A chargeback in the books: what the provider took, out of where it stood, and back."""

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.ledger import chart, plans
from marketplace.ledger.selectors import account_of, in_suspense, lots_of_charge
from marketplace.ledger.steps.posting import post
from marketplace.payments.charged_back import ORDER, Drawn, Standing, drawn
from marketplace.payments.events import ChargebackReinstated, ChargebackTaken, ReserveChargedBack
from marketplace.payments.models import Chargeback, ChargebackPart, Debt, DebtSettlement
from marketplace.payments.steps.debts import give_settlements_back, owe, receivable_of, undo

Place = ChargebackPart.Place
OF_THE_CHARGE = (Place.PROTECTED, Place.RESERVED, Place.WALLET, Place.DEBT)


@step
def book(chargeback: Chargeback, taken: Money, *, by: Actor) -> None:
    """Bring the books to what the provider has taken by now; another amount than before is undone and taken anew.

    Raises LotExhausted, Overdraft when somebody was quicker: nothing has happened, try again. The caller has locked
    the merchant and the chargeback.
    """
    if taken == chargeback.taken:
        return
    if chargeback.taken_minor:
        _give_back(chargeback, by=by)
    if taken.amount_minor > 0:
        _take(chargeback, taken, by=by)
    chargeback.taken_minor, chargeback.taken_currency = max(taken.amount_minor, 0), taken.currency
    chargeback.save(update_fields=["taken_minor", "taken_currency", "rounds"])


@step
def book_fee(chargeback: Chargeback, fee: Money, *, number: int) -> None:
    """What the provider keeps for itself is our cost, until the chargeback is lost."""
    booked = Money(chargeback.fee_minor, fee.currency)
    if fee == booked:
        return
    plan = plans.chargeback_fee(
        chargeback=f"{chargeback.public_id}.fee",
        number=number,
        charged=fee,
        booked=booked,
        provider=chargeback.provider,
    )
    post(plan)
    chargeback.fee_minor = fee.amount_minor
    chargeback.save(update_fields=["fee_minor"])


@step
def charge_fee(chargeback: Chargeback, *, by: Actor) -> Money:
    """Of a chargeback that is lost, the provider's fee is the merchant's debt."""
    if not chargeback.fee:
        return chargeback.fee
    debt = owe(chargeback.party, chargeback.fee, why=Debt.Why.CHARGEBACK_FEE, chargeback=chargeback, by=by)
    post(
        plans.owed(
            debt=debt.public_id,
            receivable=receivable_of(chargeback.party),
            creditor=chart.fees(chargeback.provider),
            money=chargeback.fee,
        )
    )
    return chargeback.fee


def frozen_contracts(chargeback: Chargeback) -> list[str]:
    """The contracts of whose protected funds the payer's bank holds something."""
    held = chargeback.parts.standing().filter(place=Place.PROTECTED)
    return sorted(set(held.values_list("contract", flat=True)))


def _take(chargeback: Chargeback, taken: Money, *, by: Actor) -> None:
    chargeback.rounds += 1
    lots = {lot.pk: lot for lot in lots_of_charge(chargeback.provider, chargeback.charge)}
    parts = _split(chargeback, taken, list(lots.values()))
    accounts = [_account(chargeback, part, lots) for part in parts]
    plan = plans.charged_back(
        chargeback=chargeback.public_id,
        round_number=chargeback.rounds,
        provider=chargeback.provider,
        shares=[(account, Money(part.minor, taken.currency)) for part, account in zip(parts, accounts, strict=True)],
        uses=[(part.lot_id, Money(part.minor, taken.currency)) for part in parts if part.lot_id is not None],
    )
    post(plan)
    ChargebackPart.objects.bulk_create(
        ChargebackPart(
            chargeback=chargeback,
            round=chargeback.rounds,
            place=part.place,
            lot=lots.get(part.lot_id),
            contract=account.name if part.place == Place.PROTECTED else "",
            amount_minor=part.minor,
            currency=taken.currency,
        )
        for part, account in zip(parts, accounts, strict=True)
    )
    sums = {place: sum(part.minor for part in parts if part.place == place) for place in Place}
    if owed := sums[Place.DEBT]:
        owe(chargeback.party, Money(owed, taken.currency), why=Debt.Why.CHARGEBACK, chargeback=chargeback, by=by)
    _tell_reserves({account.name for account in accounts if account.kind == chart.Kind.RESERVED}, by)
    event = ChargebackTaken(
        aggregate=chargeback.public_id,
        contracts=frozen_contracts(chargeback),
        taken_minor=taken.amount_minor,
        debt_minor=sums[Place.DEBT],
        unmatched_minor=sums[Place.UNMATCHED],
        currency=taken.currency,
    )
    record(event, by=by)


def _split(chargeback: Chargeback, taken: Money, lots: list) -> list[Drawn]:
    """Of a charge in another currency nothing can be taken, and of one that waits in suspense only what is there."""
    root = next((lot for lot in lots if lot.parent_id is None and lot.currency == taken.currency), None)
    if root is None:
        waits = in_suspense(chargeback.provider, chargeback.charge, taken.currency).amount_minor
        gone = _others_took(chargeback, Place.SUSPENSE)
        part = max(min(taken.amount_minor, waits - gone), 0)
        both = (Drawn("suspense", None, part), Drawn("unmatched", None, taken.amount_minor - part))
        return [one for one in both if one.minor]
    there = [Standing(lot.pk, lot.held_in.kind, lot.remaining_minor) for lot in lots if lot.held_in.kind in ORDER]
    at_most = root.amount_minor - _others_took(chargeback, *OF_THE_CHARGE)
    return drawn(taken.amount_minor, there, at_most_minor=at_most)


def _others_took(chargeback: Chargeback, *places: ChargebackPart.Place) -> int:
    others = ChargebackPart.objects.filter(
        chargeback__provider=chargeback.provider, chargeback__charge=chargeback.charge, back_at=None, place__in=places
    )
    return sum(others.exclude(chargeback=chargeback).values_list("amount_minor", flat=True))


def _account(chargeback: Chargeback, part: Drawn, lots: dict) -> chart.AccountRef:
    if part.lot_id is not None:
        return account_of(lots[part.lot_id])
    if part.place == Place.DEBT:
        return receivable_of(chargeback.party)
    return chart.suspense() if part.place == Place.SUSPENSE else chart.unmatched_loss()


def _give_back(chargeback: Chargeback, *, by: Actor) -> None:
    """All as it was before it was taken: also what was settled of the debt meanwhile is in the wallet again."""
    contracts = frozen_contracts(chargeback)
    for debt in chargeback.debts.filter(why=Debt.Why.CHARGEBACK).exclude(settlements__how=DebtSettlement.How.WON):
        give_settlements_back(debt)
        DebtSettlement.objects.create(debt=debt, how=DebtSettlement.How.WON, amount_minor=debt.amount_minor)
    undo(chargeback.public_id)
    reserved = chargeback.parts.filter(back_at=None, place=Place.RESERVED).select_related("lot__held_in")
    _tell_reserves({account_of(part.lot).name for part in reserved}, by)
    chargeback.parts.filter(back_at=None).update(back_at=clock.now())
    event = ChargebackReinstated(
        aggregate=chargeback.public_id,
        contracts=contracts,
        amount_minor=chargeback.taken_minor,
        currency=chargeback.taken_currency,
    )
    record(event, by=by)


def _tell_reserves(tasks: set[str], by: Actor) -> None:
    for task in sorted(tasks):
        record(ReserveChargedBack(aggregate=task), by=by)
