"""The room of one deal: whose move it is, where the money is, the work, the terms, what happened."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.chat import talk
from marketplace.chat.selectors.conversations import conversation_about
from marketplace.contracts.machine import ContractState, StayUpState
from marketplace.contracts.models import Contract, Side
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction, anchor_side, merchant_side
from marketplace.contracts.selectors.contracts import documents_of, signers_of
from marketplace.contracts.selectors.extra_rounds import asked_rounds
from marketplace.contracts.selectors.money_line import money_line_of
from marketplace.contracts.selectors.next_step import NextStep
from marketplace.contracts.selectors.reviews import reviews_of
from marketplace.contracts.selectors.room import Room, get_room, history_of
from marketplace.contracts.selectors.sealed import find_sealed
from marketplace.contracts.selectors.stay_up import list_stay_up_questions
from marketplace.contracts.steps.extra_rounds import next_release
from marketplace.contracts.steps.releasing import unsettled_minor
from marketplace.contracts.views.drawn import line_of, step_of
from marketplace.core.actor import Actor
from marketplace.core.money import Money

BEFORE = {ContractState.DRAFTED, ContractState.SIGNING, ContractState.LAPSED}


def is_room(contract: Contract) -> bool:
    """Once it is signed by all it has a room; before that there is a text to read and sign."""
    return contract.state not in BEFORE or contract.concluded_at is not None


def room(request: HttpRequest, contract_id: str) -> HttpResponse:
    found = get_room(request.actor, contract_id)
    contract, side = found.contract, reader_side(request.actor, found.contract)
    prefetch_related_objects([contract], "amendments")
    conversation = conversation_about(request.actor, contract_id)
    context = {
        "contract": contract,
        "side": side,
        "work": found.work,
        "step": step_of(contract, found.step, side),
        "effect": effect_of(found),
        "may": may(request.actor, contract),
        "line": line_of(contract, money_line_of(contract), found.step, side) if has_money(contract) else None,
        "signers": signers_of(contract),
        "documents": documents_of(contract),
        "sealed": find_sealed(contract),
        "deal": contract.deal,
        "falls": {name: contract.falls.money(name) for name in ("gross", "platform_fee", "vat", "pays")},
        "a_round": contract.extra_round,
        "amendments": sorted(contract.amendments.all(), key=lambda one: -one.number),
        "asked_rounds": asked_rounds(contract),
        "unsettled": Money(unsettled_minor(contract), contract.currency),
        "questions": list_stay_up_questions(request.actor, contract_id).filter(state=StayUpState.OPEN),
        "reviewing": reviews_of(request.actor, contract).get(side),
        "disputes": list(contract.disputes.order_by("-id")),
        "events": history_of(contract),
        "talk": talk.shown(request.actor, conversation) if conversation else None,
    }
    return render(request, "contracts/room.html", context)


def reader_side(actor: Actor, contract: Contract) -> str:
    """Merchant or anchor (her agency is on her side); nothing for a guardian or our staff, who read along."""
    if merchant_side(actor, contract):
        return Side.MERCHANT
    return Side.ANCHOR if anchor_side(actor, contract) else ""


def may(actor: Actor, contract: Contract) -> dict[str, bool]:
    return {action.value: CONTRACT_POLICY.can(actor, action, contract) for action in ContractAction}


def effect_of(found: Room) -> dict[str, Money] | None:
    """What the next approval or check does with the money, part by part; None when it moves none."""
    step = found.step
    if step is None or step.work is None or not moves_money(step):
        return None
    parts = next_release(step.work)
    if parts is None:
        return None
    return {name: parts.money(name) for name in ("anchor", "agency", "platform_fee", "vat")} | {"total": parts.total}


def moves_money(step: NextStep) -> bool:
    work = step.work
    return (step.code == "review" and not work.is_public) or step.code == "check"


def has_money(contract: Contract) -> bool:
    """Money is or was there, or is still to come."""
    over = contract.state in {ContractState.CANCELLED, ContractState.LAPSED}
    return bool(contract.gross_minor) and (contract.funded_at is not None or not over)
