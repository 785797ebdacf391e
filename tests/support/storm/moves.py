"""What people, clocks and the bank do in a storm. Each move is one step that somebody may take, sensible or not."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import F
from django.test import Client

from marketplace.contracts.machine import AT_WORK, ContractState
from marketplace.contracts.models import Cancellation, Contract, Deliverable, Dispute, ExtraRound
from marketplace.contracts.services import cancelling, deciding, disputes, extra_rounds, funding, mediation, work
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.selectors import open_lots
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.pay_out import run_weekly_payouts
from marketplace.payments.flows.refresh import resolve_unknown
from marketplace.payments.models import Approval, Funding, Payout, Transfer
from marketplace.payments.services import approvals, payouts, transfers
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.refunds import ask_refund
from tests.factories.funded import signed, three_pieces
from tests.factories.people import Person
from tests.support.relay import due_now, relay_all
from tests.support.storm.changes import change_terms
from tests.support.storm.sea import Sea
from tests.support.storm.weather import calm_down, worsen

LINK = "https://example.org/a-draft"
AFLOAT = 10  # deals at once


Move = Callable[[Sea], object]


# --- deals ---


def sign(sea: Sea) -> None:
    """A new one, unless there are enough afloat."""
    afloat = Contract.objects.filter(state__in=[ContractState.AWAITING_FUNDS, *AT_WORK]).count()
    if afloat >= AFLOAT:
        return
    merchant, anchor = sea.dice.choice(sea.crew.merchants), sea.dice.choice(sea.crew.anchors)
    deal = three_pieces(
        fee_minor=sea.dice.randint(10_001, 1_500_000),
        extra_round_minor=sea.dice.choice([0, 1, 777, 9_999, 10_001]),
        revision_rounds=sea.dice.randint(0, 2),
        holdback_bp=sea.dice.choice([0, 0, 777, 2_000]),
        stay_up_days=sea.dice.choice([0, 5, 30]),
    )
    signed(merchant, anchor, *sea.crew.others(anchor), deal=deal, scope="live")


def pay(sea: Sea) -> None:
    contract = sea.deal(ContractState.AWAITING_FUNDS)
    if contract is None:
        return
    at = sea.crew.merchants.index(sea.merchant_of(contract))
    who = sea.dice.choice([sea.crew.merchants[at], sea.crew.colleagues[at]])
    source = sea.dice.choice(["checkout", "checkout", "wallet"])
    funding.pay_contract(
        actor=who.actor, public_id=contract.public_id, source=source, provider="test_bank", key=sea.key()
    )


def go_on(sea: Sea) -> None:
    """What is next for one piece of a deal: mostly the sensible thing, sometimes anything, by anybody."""
    contract = sea.deal(*AT_WORK)
    if contract is None:
        return
    piece = sea.dice.choice(list(contract.deliverables.order_by("place")))
    name = sea.dice.choice(sensible(piece)) if sea.dice.random() < 0.9 else sea.dice.choice(list(STEPS))
    by_anchor = name in {"submit", "publish"}
    who = sea.anchor_of(contract) if by_anchor else sea.merchant_of(contract)
    if sea.dice.random() < 0.05:
        who = sea.anybody()
    STEPS[name](who, piece.public_id)


def sensible(piece: Deliverable) -> list[str]:
    if piece.state == "submitted":
        return ["approve", "approve", "request_changes", "remark"]
    if piece.state == "approved":
        return ["publish"] if piece.is_public else ["remark"]
    if piece.state == "published":
        return ["verify", "verify", "verify", "send_back"]
    return ["submit"]


STEPS: dict[str, Callable[[Person, str], object]] = {
    "submit": lambda who, piece: work.submit(actor=who.actor, public_id=piece, note="", link=LINK),
    "approve": lambda who, piece: work.approve(actor=who.actor, public_id=piece),
    "request_changes": lambda who, piece: work.request_changes(actor=who.actor, public_id=piece, words="Longer."),
    "publish": lambda who, piece: work.publish(actor=who.actor, public_id=piece, link=LINK),
    "send_back": lambda who, piece: work.send_proof_back(actor=who.actor, public_id=piece, words="Not there."),
    "verify": lambda who, piece: work.verify(actor=who.actor, public_id=piece),
    "remark": lambda who, piece: work.remark(actor=who.actor, public_id=piece, text="Here?"),
}


def buy_a_round(sea: Sea) -> None:
    """Pay one that waits, in either way, or take it back; or ask for one, mostly where that makes sense."""
    rounds = ExtraRound.objects.select_related("deliverable__contract").order_by("-id")
    waiting = sea.one_of(rounds if sea.dice.random() < 0.1 else rounds.filter(state="asked"))
    if waiting is None or sea.dice.random() < 0.2:
        ask_for_round(sea)
        return
    at = sea.crew.merchants.index(sea.merchant_of(waiting.contract))
    who = sea.dice.choice([sea.crew.merchants[at], sea.crew.colleagues[at]])
    if sea.dice.random() < 0.1:
        extra_rounds.take_round_back(actor=who.actor, public_id=waiting.public_id)
        return
    source = sea.dice.choice(["checkout", "wallet"])
    extra_rounds.pay_round(
        actor=who.actor, public_id=waiting.public_id, source=source, provider="test_bank", key=sea.key()
    )


def ask_for_round(sea: Sea) -> None:
    pieces = Deliverable.objects.select_related("contract").filter(contract__state__in=AT_WORK).order_by("-id")
    used_up = pieces.filter(state="submitted", rounds_used=F("rounds_allowed"))
    piece = sea.one_of(pieces if sea.dice.random() < 0.1 else used_up)
    if piece is not None:
        words = sea.dice.choice(["Shorter.", "Longer."])
        who = sea.merchant_of(piece.contract)
        extra_rounds.ask_for_round(actor=who.actor, public_id=piece.public_id, words=words)


def end(sea: Sea) -> None:
    """Ask to end it, answer that, take it back, or end what is late or not paid."""
    contract = sea.deal(ContractState.AWAITING_FUNDS, *AT_WORK)
    if contract is None:
        return
    merchant, anchor = sea.merchant_of(contract), sea.anchor_of(contract)
    who = sea.dice.choice([merchant, anchor])
    public_id = contract.public_id
    asked = Cancellation.objects.filter(contract=contract, state="requested").first()
    if contract.state == ContractState.AWAITING_FUNDS and sea.dice.random() < 0.3:
        cancelling.call_off(actor=who.actor, public_id=public_id)
    elif asked is None and sea.dice.random() < 0.5:
        cancelling.end_for_lateness(actor=merchant.actor, public_id=public_id, words="Nothing came.")
    elif asked is None:
        cancelling.ask_to_cancel(actor=who.actor, public_id=public_id, words="Our plans changed.")
    elif sea.dice.random() < 0.3:
        cancelling.withdraw_cancellation(actor=who.actor, public_id=public_id)
    else:
        cancelling.answer_cancellation(actor=who.actor, public_id=public_id, agree=sea.dice.random() < 0.4)


def quarrel(sea: Sea) -> None:
    contract = sea.deal(*AT_WORK)
    if contract is None:
        return
    who = sea.dice.choice([sea.merchant_of(contract), sea.anchor_of(contract)])
    share = sea.dice.randint(0, 10_000)
    dispute = Dispute.objects.open().filter(contract=contract).first()
    if dispute is None:
        piece = sea.dice.choice(list(contract.deliverables.all()))
        disputes.open_dispute(actor=who.actor, deliverable_public_id=piece.public_id, words="No.", anchor_bp=share)
        return
    act = sea.dice.choice(talk(dispute) if sea.dice.random() < 0.8 else list(TALKS))
    staff = sea.dice.choice([sea.crew.operations, sea.crew.other_operations])
    TALKS[act](who, staff, dispute, share)


def talk(dispute: Dispute) -> list[str]:
    """What is sensible where a dispute stands."""
    return {
        "awaiting_reply": ["answer", "answer", "answer", "withdraw", "accept"],
        "mediation": ["offer", "accept", "mediate", "mediate", "decide", "decide"],
        "proposal": ["accept", "accept", "refuse", "offer"],
        "decided": ["accept_decision", "accept_decision", "appeal"],
        "appealed": ["settle", "settle", "appeal"],
    }[dispute.state]


def said_by(dispute: Dispute) -> str:
    """A proposal of it that stands, or the last one."""
    found = dispute.proposals.order_by("-id")
    return (found.filter(state="standing").first() or found.first()).public_id


TALKS: dict[str, Callable[[Person, Person, Dispute, int], object]] = {
    "answer": lambda who, _staff, it, share: disputes.answer_dispute(
        actor=who.actor, public_id=it.public_id, words="Yes.", anchor_bp=share
    ),
    "withdraw": lambda who, _staff, it, _share: disputes.withdraw_dispute(actor=who.actor, public_id=it.public_id),
    "offer": lambda who, _staff, it, share: mediation.propose_split(
        actor=who.actor, public_id=it.public_id, words="Or so.", anchor_bp=share
    ),
    "accept": lambda who, _staff, it, _share: mediation.accept_proposal(actor=who.actor, public_id=said_by(it)),
    "refuse": lambda who, _staff, it, _share: mediation.refuse_proposal(actor=who.actor, public_id=said_by(it)),
    "mediate": lambda _who, staff, it, share: mediation.propose_as_mediator(
        actor=staff.actor, public_id=it.public_id, anchor_bp=share, reasons="Halfway."
    ),
    "decide": lambda _who, staff, it, share: deciding.decide_dispute(
        actor=staff.actor, public_id=it.public_id, anchor_bp=share, reasons="A part of it."
    ),
    "accept_decision": lambda who, _staff, it, _share: deciding.accept_decision(
        actor=who.actor, public_id=it.public_id
    ),
    "appeal": lambda who, _staff, it, _share: deciding.appeal_decision(
        actor=who.actor, public_id=it.public_id, words="No."
    ),
    "settle": lambda _who, staff, it, share: deciding.settle_appeal(
        actor=staff.actor, public_id=it.public_id, anchor_bp=share, reasons="Another part."
    ),
}


# --- money in and back ---


def top_up(sea: Sea) -> None:
    who, money = sea.dice.choice(sea.crew.merchants), Money(sea.dice.randint(100_000, 2_000_000), "CNY")
    ask_top_up(actor=who.actor, money=money, provider="test_bank", key=sea.key())


def at_the_bank(sea: Sea) -> None:
    """A payer on the bank's page."""
    waiting = sea.one_of(Funding.objects.filter(state="awaiting_payer").order_by("-id"))
    if waiting is not None:
        how = sea.dice.choices(["pay", "decline", "cancel", "pay_later", "fail_later"], [80, 6, 4, 6, 4])[0]
        sea.bank.client.post(
            f"/_pay/{waiting.checkout}", json={"how": how}, headers={"Authorization": f"Bearer {sea.bank.secret}"}
        )


def send_back(sea: Sea) -> None:
    who = sea.dice.choice(sea.crew.merchants)
    lot = sea.one_of(open_lots(chart.wallet(who.party.public_id, who.party.pk), "CNY"))
    if lot is not None:
        money = Money(sea.dice.randint(1, lot.remaining_minor + 1), "CNY")
        ask_refund(actor=who.actor, lot_public_id=lot.public_id, money=money, key=sea.key())


def second_person(sea: Sea) -> None:
    asked = sea.one_of(Approval.objects.filter(state="asked").order_by("-id"))
    if asked is not None:
        who = sea.dice.choice([sea.crew.merchants[0], sea.crew.colleagues[0]])
        step = approvals.decline if sea.dice.random() < 0.2 else approvals.approve
        step(actor=who.actor, public_id=asked.public_id)


# --- money out ---


def ask_for_payout(sea: Sea) -> None:
    payouts.ask_payout(actor=sea.dice.choice(sea.crew.payees).actor, currency="CNY", key=sea.key())


def weekly_run(sea: Sea) -> None:
    run_weekly_payouts()


def guard(sea: Sea) -> None:
    """Finance staff hold, let go, and try again."""
    staff, transfer = sea.crew.finance.actor, sea.one_of(Transfer.objects.exclude(state="done").order_by("-id"))
    if transfer is not None:
        step = sea.dice.choice([transfers.hold_transfer, transfers.let_transfer_go, transfers.retry_transfer])
        step(actor=staff, public_id=transfer.public_id)


def try_payout_again(sea: Sea) -> None:
    payout = sea.one_of(Payout.objects.filter(state__in=["failed", "returned"]).order_by("-id"))
    if payout is not None:
        payouts.try_payout_again(actor=sea.crew.finance.actor, public_id=payout.public_id)


def payees_bank(sea: Sea) -> None:
    """A payout arrives, or is sent back, also after it had arrived."""
    payout = sea.one_of(Payout.objects.filter(state__in=["in_transit", "paid"]).order_by("-id"))
    if payout is not None:
        how = "arrive" if payout.state == "in_transit" and sea.dice.random() < 0.8 else "fail"
        sea.bank.client.post(
            f"/_payouts/{payout.provider_payout}",
            json={"how": how},
            headers={"Authorization": f"Bearer {sea.bank.secret}"},
        )


# --- worker, clock, bank ---


def worker(sea: Sea) -> None:
    relay_all()


def worker_after_a_while(sea: Sea) -> None:
    """What was put off, and what a dead worker had taken, is tried again."""
    due_now()
    relay_all()


def sweep(sea: Sea) -> None:
    fire_due()


def read_the_log(sea: Sea) -> None:
    backfill("test_bank")


def ask_about_the_unknown(sea: Sea) -> None:
    resolve_unknown(unchecked_for=timedelta(seconds=sea.dice.choice([0, 60])))


def knock(sea: Sea) -> None:
    """Some of the webhooks that came, in any order, some of them twice, through the real door."""
    hooks = sea.receiver.hooks
    for _ in range(min(len(hooks), sea.dice.randint(1, 6))):
        hook = hooks[sea.dice.randrange(len(hooks))]
        if sea.dice.random() < 0.9:
            hooks.remove(hook)
        Client().post(
            "/webhooks/test-bank/",
            hook.body,
            content_type="application/json",
            headers={"Mooring-Bank-Signature": hook.signature},
        )


def bad_weather(sea: Sea) -> None:
    worsen(sea.bank, sea.dice)


def fair_weather(sea: Sea) -> None:
    sea.faults += calm_down(sea.bank)


WEIGHTS: dict[Move, int] = {
    sign: 6,
    pay: 12,
    go_on: 34,
    buy_a_round: 14,
    change_terms: 14,
    end: 4,
    quarrel: 8,
    top_up: 2,
    at_the_bank: 12,
    send_back: 2,
    second_person: 4,
    ask_for_payout: 2,
    weekly_run: 1,
    guard: 2,
    try_payout_again: 1,
    payees_bank: 3,
    worker: 14,
    worker_after_a_while: 4,
    sweep: 6,
    read_the_log: 2,
    ask_about_the_unknown: 6,
    knock: 5,
    bad_weather: 14,
    fair_weather: 1,
}
# These see the wall's clock: the bank signs its webhooks by it.
BY_THE_WALL = frozenset({knock})


SPANS = {
    timedelta(seconds=5): 9_300,
    timedelta(minutes=10): 600,
    timedelta(hours=5): 75,
    timedelta(hours=26): 20,
    timedelta(days=10): 5,
}


def time_passes(sea: Sea) -> timedelta:
    """How long until the next move: seconds, mostly."""
    return sea.dice.choices(list(SPANS), list(SPANS.values()))[0]
