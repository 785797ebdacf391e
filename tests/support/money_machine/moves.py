"""What may be done in a world by people, by clocks and by the provider: sensible or not, each move one step.

Which of the rows a move is about comes as a number that was drawn without looking; `NOTHING` when there is none.
"""

from datetime import timedelta

from marketplace.core.timers.fire import fire_due
from marketplace.core.tx import use_case
from marketplace.ledger.models import FundingLot
from marketplace.ledger.selectors import balance_of
from marketplace.payments.flows.chargebacks import resolve_chargebacks
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.look_after import look_after_payees
from marketplace.payments.flows.pay_out import post_runs, run_weekly_payouts
from marketplace.payments.flows.refresh import learn_fees, resolve_unknown
from marketplace.payments.flows.take_back import resolve_reversals
from marketplace.payments.machine import STANDING
from marketplace.payments.models import ChargebackPart, Funding, Payout, PayoutRun, Refund, Transfer
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.inbox import receive
from marketplace.payments.services.payout_account import freeze_payee, thaw_payouts
from marketplace.payments.services.payout_pause import pause_payouts, resume_payouts
from marketplace.payments.services.payout_runs import approve_payout_run, cancel_payout_run, plan_payout_run
from marketplace.payments.services.payouts import ask_payout, let_held_payout_go, try_payout_again
from marketplace.payments.services.refunds import ask_refund, send_refund_again
from marketplace.payments.services.reversals import take_transfer_back
from marketplace.payments.services.transfers import hold_transfer, let_transfer_go, retry_transfer
from marketplace.payments.steps import protecting
from tests.support.money_machine.world import NOTHING, World, pick
from tests.support.relay import due_now, relay_all

THOUSAND = 1_000
WHY = "It was drawn."


def part_of(minor: int, permille: int) -> int:
    return minor * permille // THOUSAND


# --- money in ---


def top_up(world: World, minor: int) -> object:
    merchant, money = world.house.merchant, world.money(minor)
    return ask_top_up(actor=merchant.actor, money=money, provider=world.side.name, key=world.key())


def pay(world: World, which: int, how: int) -> object:
    """On the provider's page; if none waits, one that is paid or over."""
    opened = Funding.objects.exclude(checkout="")
    funding = pick(opened.filter(state="awaiting_payer"), which) or pick(opened, which)
    if funding is None:
        return NOTHING
    ways = world.side.ways_to_pay
    body = {"how": ways[how % len(ways)]}
    later = {"after_s": 600} if "later" in body["how"] else {}
    return world.press(f"{world.side.buttons['payment']}/{funding.checkout}", **body, **later) or NOTHING


# --- a contract's money ---


@use_case
def protect(world: World, permille: int) -> object:
    money = part_of(balance_of(world.wallet, world.side.currency).amount_minor, permille)
    if not money:
        return NOTHING
    contract, merchant = world.contract(), world.house.merchant.party
    return protecting.protect(merchant=merchant, contract=contract, source=world.wallet, money=world.money(money))


@use_case
def give_back(world: World, which: int, permille: int) -> object:
    """To the charges that it came by."""
    contract, there = protected_by(world, which)
    if not (minor := part_of(there, permille)):
        return NOTHING
    return protecting.refund_protected(
        actor=world.house.merchant.actor,
        merchant=world.house.merchant.party,
        contract=contract,
        money=world.money(minor),
        reason=Refund.Reason.CANCELLED,
    )


@use_case
def release(world: World, which: int, permille: int, to: int) -> object:
    """To one payee or to both, with the platform's fee out of it."""
    contract, there = protected_by(world, which)
    total = part_of(there, permille)
    if total < THOUSAND:
        return NOTHING
    fee = total // 20
    parties = [person.party for person in world.house.payees]
    first = (total - fee) * (to % 3) // 2
    shares = {parties[0].pk: first, parties[1].pk: total - fee - first}
    known = world.release({key: minor for key, minor in shares.items() if minor}, fee)
    return protecting.release(
        actor=world.house.merchant.actor,
        merchant=world.house.merchant.party,
        contract=contract,
        release=known.public_id,
        payees=[(party, world.money(shares[party.pk])) for party in parties if shares[party.pk]],
        platform_fee=world.money(fee),
        vat=world.money(0),
        about="Autumn oolong",
    )


def protected_by(world: World, which: int) -> tuple[str, int]:
    """A contract that has some, and what may be moved of its money: nothing while a payer's bank holds a part of it."""
    filled = [one for one in world.contracts if balance_of(world.protected(one), world.side.currency)]
    if not filled:
        return "", 0
    contract = filled[which % len(filled)]
    held = ChargebackPart.objects.frozen(contract).filter(chargeback__state__in=[state.value for state in STANDING])
    there = balance_of(world.protected(contract), world.side.currency).amount_minor
    return contract, 0 if held.exists() else there


def refund(world: World, which: int, permille: int) -> object:
    """Of a wallet's lot, also more than it has."""
    lot = pick(FundingLot.objects.filter(held_in__code=world.wallet.code), which)
    if lot is None or not (minor := part_of(lot.remaining_minor, permille)):
        return NOTHING
    money = world.money(minor)
    return ask_refund(actor=world.house.merchant.actor, lot_public_id=lot.public_id, money=money, key=world.key())


def refund_again(world: World, which: int) -> object:
    """Staff: what the bank sent back to protected funds."""
    came_back = pick(Refund.objects.filter(state="returned"), which)
    if came_back is None:
        return NOTHING
    return send_refund_again(actor=world.house.finance[0].actor, public_id=came_back.public_id)


# --- money to payees ---


def look_into(world: World, which: int, how: int) -> object:
    """Staff hold a transfer, let it go, try it again."""
    transfer = pick(Transfer.objects.all(), which)
    step = (hold_transfer, let_transfer_go, retry_transfer)[how % 3]
    return step(actor=world.house.finance[0].actor, public_id=transfer.public_id)


def take_back(world: World, which: int) -> object:
    transfer = pick(Transfer.objects.all(), which)
    return take_transfer_back(actor=world.house.finance[0].actor, public_id=transfer.public_id, reason=WHY)


def payout_on_demand(world: World, who: int) -> object:
    payee = world.house.payees[who % 2]
    return ask_payout(actor=payee.actor, currency=world.side.currency, key=world.key())


def weekly_run(world: World) -> object:
    run_weekly_payouts()
    return post_runs()


def run_of_staff(world: World, how: int, who: int) -> object:
    """Planned, approved by the one or the other, cancelled."""
    actor = world.house.finance[who % 2].actor
    if how % 4 == 0:
        return plan_payout_run(actor=actor)
    run = pick(PayoutRun.objects.all(), 0)
    if run is None:
        return NOTHING
    step = cancel_payout_run if how % 4 == 1 else approve_payout_run
    return step(actor=actor, public_id=run.public_id)


def payees_bank(world: World, which: int, how: str) -> object:
    """A payout arrives, or is sent back, also after it had arrived."""
    payout = pick(Payout.objects.exclude(provider_payout=""), which)
    if payout is None:
        return NOTHING
    return world.press(f"{world.side.buttons['payout']}/{payout.provider_payout}", how=how) or NOTHING


def payout_again(world: World, which: int, how: int) -> object:
    """Staff try one again, or let it go."""
    payout = pick(Payout.objects.exclude(state="paid"), which)
    if payout is None:
        return NOTHING
    step = (try_payout_again, let_held_payout_go)[how % 2]
    return step(actor=world.house.finance[0].actor, public_id=payout.public_id)


def pause(world: World, on: bool) -> object:
    step = pause_payouts if on else resume_payouts
    return step(actor=world.house.finance[1].actor, reason=WHY)


def freeze(world: World, who: int, on: bool) -> object:
    step = freeze_payee if on else thaw_payouts
    return step(actor=world.house.finance[1].actor, party_public_id=world.house.payees[who % 2].party.public_id)


# --- worker, clocks, and what the provider says ---


def worker(world: World) -> object:
    return relay_all() or NOTHING


def worker_after_a_while(world: World) -> object:
    """What was put off, and what a dead worker had taken, is tried again."""
    due_now()
    return relay_all() or NOTHING


def sweep(world: World) -> object:
    return fire_due() or NOTHING


def read_the_log(world: World) -> object:
    return backfill(world.side.name) or NOTHING


def ask_about_the_unknown(world: World, seconds: int) -> object:
    unchecked_for = timedelta(seconds=seconds)
    resolve_unknown(unchecked_for=unchecked_for)
    resolve_chargebacks(unchecked_for=unchecked_for)
    resolve_reversals(unchecked_for=unchecked_for)
    return learn_fees(unchecked_for=unchecked_for)


def look_after(world: World) -> object:
    return look_after_payees(unchecked_for=timedelta(0))


def webhooks(world: World, which: int, how_many: int, order: str) -> object:
    """Some of what was ever sent: in its order, backwards, or each twice. All others are lost, or come another time."""
    said = world.hear()
    if not said:
        return NOTHING
    begin = which % len(said)
    come = said[::-1][begin : begin + how_many]
    if order == "in order":
        come = come[::-1]
    for event in come * 2 if order == "twice" else come:
        receive(provider=world.side.name, event=event)
    return come
