"""The payer's bank took back money that stands under a contract: it stands still, goes on, or ends by it."""

from collections.abc import Sequence

from marketplace.accounts.models import Party
from marketplace.contracts.events import ContractCancelled
from marketplace.contracts.machine import AT_WORK, CONTRACT, EXTRA_ROUND, DeliverableState
from marketplace.contracts.models import Contract, Deliverable, ExtraRound, Return
from marketplace.contracts.steps.ageing import close_questions
from marketplace.contracts.steps.clocks import restart_clocks, restart_stay_up_clock, stop_clocks
from marketplace.contracts.steps.extra_rounds import protected_rounds
from marketplace.contracts.steps.releasing import is_disputed, note_return, unsettled_minor
from marketplace.contracts.steps.working import complete_when_done, void
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.ledger import chart
from marketplace.ledger.selectors import open_lots
from marketplace.payments.models import ChargebackPart, DebtSettlement, Funding, Refund
from marketplace.payments.steps.debts import settle
from marketplace.payments.steps.protecting import refund_protected


@step
def stand_still(contract: Contract, work: Sequence[Deliverable]) -> None:
    """The money is gone for now: no clock may release, or send back, what is not there."""
    if contract.state in AT_WORK:
        for one in work:
            stop_clocks(one)


@step
def go_on(contract: Contract, work: Sequence[Deliverable], *, by: Actor) -> None:
    """It is here again: every clock begins anew, so that nobody loses the time of the quarrel."""
    if contract.state not in AT_WORK:
        return
    for one in work:
        if one.state == DeliverableState.VERIFIED:
            restart_stay_up_clock(one)
        elif one.is_open and not is_disputed(one):
            restart_clocks(one)
    complete_when_done(contract, by=by)


@step
def end_by_chargeback(contract: Contract, work: Sequence[Deliverable], merchant: Party, *, by: Actor) -> None:
    """The bank keeps it: what it took of the protected funds is covered by them, and the contract is over.

    No kill fee and no round is paid out of the rest, for it is the same payment that was taken back: first it settles
    what the merchant owes us for certain, then it goes back to its source. What was released stays the payees'. The
    caller has locked merchant, contract and work.
    """
    held = ChargebackPart.objects.frozen(contract.public_id)
    of_it = [part for part in held.select_related("lot") if _is_of_contract(part, contract)]
    held.update(ended_at=clock.now())
    if contract.state not in AT_WORK or not of_it:
        return
    still_open = [one for one in work if one.is_open]
    back = _return_everything(contract, work)
    left = back - Money(sum(part.amount_minor for part in of_it), contract.currency)
    close_questions(contract)
    refunded = _rest(contract, merchant, left, by=by)
    for one in still_open:
        void(one, by=by)
    move = CONTRACT.fire(contract, "end_by_chargeback")
    contract.closed_at = clock.now()
    contract.save(update_fields=["state", "closed_at"])
    ended = ContractCancelled(
        aggregate=contract.public_id,
        subject=contract.subject,
        how="chargeback",
        kill_fee_minor=0,
        rounds_minor=0,
        refunded_minor=refunded.amount_minor,
        currency=contract.currency,
    )
    record(ended, by=by, move=move)


def _return_everything(contract: Contract, work: Sequence[Deliverable]) -> Money:
    """All that is protected becomes the merchant's again, further rounds too; returns how much that is."""
    back = Money.zero(contract.currency)
    for extra_round in protected_rounds(work):
        gross = extra_round.falls.gross_minor
        back += note_return(contract, gross_minor=gross, why=Return.Why.CHARGEBACK, extra_round=extra_round)
        EXTRA_ROUND.fire(extra_round, "settle")
        extra_round.closed_at = clock.now()
        extra_round.save(update_fields=["state", "closed_at"])
    if gross := unsettled_minor(contract):
        back += note_return(contract, gross_minor=gross, why=Return.Why.CHARGEBACK)
    return back


def _rest(contract: Contract, merchant: Party, left: Money, *, by: Actor) -> Money:
    """What the bank did not take; returns what of it goes back to its source."""
    if not left:
        return left
    account = chart.protected(contract.public_id, merchant.pk)
    covered = settle(
        merchant,
        account,
        _up_to(open_lots(account, left.currency), left),
        left.currency,
        how=DebtSettlement.How.PROTECTED,
        contract=contract.public_id,
        by=by,
    )
    if left := left - covered:
        refund_protected(
            actor=by, merchant=merchant, contract=contract.public_id, money=left, reason=Refund.Reason.CANCELLED
        )
    return left


def _up_to(lots, money: Money) -> list:
    """A refund that a bank sent back stands there too, and is not this contract's to spend."""
    left, found = money.amount_minor, []
    for lot in lots:
        lot.remaining_minor = min(lot.remaining_minor, left)
        left -= lot.remaining_minor
        if lot.remaining_minor:
            found.append(lot)
    return found


def _is_of_contract(part: ChargebackPart, contract: Contract) -> bool:
    """A second payment that was on its way back when it was taken leaves the contract as it is."""
    if part.lot.parent_id is not None:
        return True
    payments = Funding.objects.filter(provider=part.lot.provider, charge=part.lot.charge)
    paid = set(payments.values_list("public_id", flat=True))
    rounds = ExtraRound.objects.filter(deliverable__contract=contract, funded_by__in=paid)
    return contract.funded_by in paid or rounds.exists() or contract.amendments.filter(funded_by__in=paid).exists()
