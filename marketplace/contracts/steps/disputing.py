"""What happens to a dispute, whoever brings it about: locked, decided, carried out, closed."""

from datetime import datetime

from marketplace.contracts.errors import AlreadyAnswered
from marketplace.contracts.events import DisputeDecided, DisputeSettled
from marketplace.contracts.machine import CONTRACT, DISPUTE, DISPUTE_PROPOSAL, ProposalState
from marketplace.contracts.models import Contract, Dispute, DisputeProposal, Release, Return, Side
from marketplace.contracts.steps.clocks import restart_clocks
from marketplace.contracts.steps.dispute_clocks import start_appeal_clock, stop_dispute_clocks
from marketplace.contracts.steps.extra_rounds import split_rounds
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.releasing import give_back, release
from marketplace.contracts.steps.working import complete_when_done, lock_work, void
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import step


@step
def lock_dispute(actor: Actor, public_id: str) -> tuple[Contract, Dispute]:
    """With its contract and its deliverable, locked in this order. Raises NotFound."""
    scope = Dispute.objects.all() if actor.is_system else Dispute.objects.visible_to(actor)
    found = scope.filter(public_id=public_id).values_list("contract__public_id", "deliverable_id").first()
    if found is None:
        raise NotFound
    contract = lock_contract(actor, found[0])
    work = {one.pk: one for one in lock_work(contract)}
    dispute = lock(Dispute.objects.filter(public_id=public_id), "dispute")[0]
    dispute.contract, dispute.deliverable = contract, work[found[1]]
    return contract, dispute


@step
def add_proposal(
    dispute: Dispute, side: str, *, by: Actor, anchor_bp: int, words: str = "", answer_by: datetime | None = None
) -> DisputeProposal:
    """In place of the one of that side that stands."""
    for before in standing_proposals(dispute, side):
        close_proposal(before, "replace")
    return DisputeProposal.objects.create(
        dispute=dispute,
        side=side,
        by_id=by.user_id,
        anchor_bp=anchor_bp,
        words=words.strip(),
        made_at=clock.now(),
        answer_by=answer_by,
    )


def standing_proposals(dispute: Dispute, *sides: str) -> list[DisputeProposal]:
    """Of those sides, or of everybody."""
    found = dispute.proposals.filter(state=ProposalState.STANDING).order_by("id")
    return list(found.filter(side__in=sides) if sides else found)


@step
def close_proposal(proposal: DisputeProposal, how: str) -> None:
    """`how` is a move of its machine."""
    DISPUTE_PROPOSAL.fire(proposal, how)
    proposal.closed_at = clock.now()
    proposal.save()


@step
def accept_for(row: Dispute | DisputeProposal, side: Side) -> bool:
    """Note that the side accepts it; returns whether both have. Raises AlreadyAnswered. The caller saves."""
    if row.accepted_at(side):
        raise AlreadyAnswered
    setattr(row, f"{side.value}_accepted_at", clock.now())
    return all(row.accepted_at(one) for one in Side)


@step
def decide(
    dispute: Dispute,
    move: str,
    *,
    by: Actor,
    decided: Dispute.Decided,
    anchor_bp: int,
    reasons: str = "",
    decided_by: int | None = None,
) -> None:
    """The split is known; it moves nothing before the days to appeal are over. `decided_by` is a person's key."""
    DISPUTE.fire(dispute, move)
    dispute.decided, dispute.decided_bp, dispute.decision = decided, anchor_bp, reasons.strip()
    dispute.decided_by_id, dispute.decided_at = decided_by, clock.now()
    lapse_proposals(dispute)
    stop_dispute_clocks(dispute)
    start_appeal_clock(dispute)
    dispute.save()
    event = DisputeDecided(
        aggregate=dispute.contract.public_id, dispute=dispute.public_id, decided=decided.value, anchor_bp=anchor_bp
    )
    record(event, by=by)


@step
def carry_out_split(dispute: Dispute, move: str, *, by: Actor, ended: Dispute.Ended, anchor_bp: int) -> None:
    """The anchor's part of the frozen amount is released, the rest goes back to its source, and it is over.

    Raises IllegalTransition, FundsFrozen. The caller has locked contract, work and dispute.
    """
    contract, work = dispute.contract, dispute.deliverable
    DISPUTE.fire(dispute, move)
    dispute.ended, dispute.final_bp = ended, anchor_bp
    _close(dispute)
    to_anchor = work.releases_minor * anchor_bp // 10_000
    to_merchant = work.releases_minor - to_anchor
    release(contract, by=by, gross_minor=to_anchor, why=Release.Why.DISPUTE, deliverable=work)
    give_back(contract, by=by, gross_minor=to_merchant, why=Return.Why.DISPUTE)
    to_anchor_too, to_merchant_too = split_rounds(work, anchor_bp, by=by)
    void(work, by=by)
    _settle(
        dispute,
        by,
        how=ended.value,
        anchor_minor=to_anchor + to_anchor_too,
        merchant_minor=to_merchant + to_merchant_too,
    )


@step
def take_back(dispute: Dispute, *, by: Actor) -> None:
    """Nothing moves, and the clocks of its work run again, in full."""
    DISPUTE.fire(dispute, "withdraw")
    _close(dispute)
    restart_clocks(dispute.deliverable)
    _settle(dispute, by, how="withdrawn", anchor_minor=0, merchant_minor=0)


@step
def overtake(dispute: Dispute) -> None:
    """The contract has ended, and with it what was frozen has gone elsewhere."""
    DISPUTE.fire(dispute, "overtake")
    dispute.ended = Dispute.Ended.OVERTAKEN
    _close(dispute)


@step
def lapse_proposals(dispute: Dispute) -> None:
    for proposal in standing_proposals(dispute):
        close_proposal(proposal, "lapse")


def _close(dispute: Dispute) -> None:
    dispute.closed_at = clock.now()
    dispute.save()
    lapse_proposals(dispute)
    stop_dispute_clocks(dispute)


def _settle(dispute: Dispute, by: Actor, *, how: str, anchor_minor: int, merchant_minor: int) -> None:
    contract = dispute.contract
    move = CONTRACT.fire(contract, "settle")
    contract.save(update_fields=["state"])
    event = DisputeSettled(
        aggregate=contract.public_id,
        dispute=dispute.public_id,
        how=how,
        anchor_minor=anchor_minor,
        merchant_minor=merchant_minor,
        currency=contract.currency,
    )
    record(event, by=by, move=move)
    complete_when_done(contract, by=by)
