"""A merchant's tasks in every state, candidates at every step, a contract, and a stranger on either side."""

from dataclasses import dataclass, field

from marketplace.campaigns.services.choosing import sort_into
from marketplace.campaigns.services.offers import accept_offer
from marketplace.campaigns.services.running import close_task, pause_task
from marketplace.campaigns.services.saved_searches import save_search
from marketplace.campaigns.services.tasks import file_under
from marketplace.contracts.services.cancelling import ask_to_cancel
from marketplace.contracts.services.disputes import open_dispute
from marketplace.core import clock
from marketplace.core.actor import StaffRole
from tests.factories.disputes import answered, decided, mediated
from tests.factories.disputes import disputed as disputed_work
from tests.factories.funded import approved, funded, handed_in, piece, published, signed
from tests.factories.payees import paid_out
from tests.factories.people import Person, make_staff
from tests.factories.rounds import asked_round, reviewed
from tests.factories.seals import sealed_as_it_stands
from tests.factories.tasks import applied, draft, make_anchor, make_merchant, offered, open_task
from tests.factories.world import lot_of


@dataclass
class Market:
    people: dict[str, Person] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


def make_market() -> Market:
    """Whose `ids` are the merchant's; the candidate of every application is the anchor, `other_anchor` has none."""
    merchant, anchor = make_merchant(), make_anchor()
    market = Market(
        {
            "merchant": merchant,
            "anchor": anchor,
            "other_merchant": make_merchant("Far Away Tea"),
            "other_anchor": make_anchor("Lin Xi"),
        }
    )
    lot_of(merchant, 50_000_000)
    made = {
        "draft": draft(merchant),
        "in_review": open_task(merchant, title="The best in the world, world’s best tea"),
        "open": open_task(merchant, price_model="quote_range", fee_max_minor=2_000_000, seats=5),
        "paused": open_task(merchant),
        "closed": open_task(merchant),
        "sought": open_task(merchant, seats=5),
        "listed": open_task(merchant, seats=5),
        "offered": open_task(merchant, seats=5),
        "agreed": open_task(merchant, seats=5),
    }
    pause_task(actor=merchant.actor, public_id=made["paused"].public_id)
    close_task(actor=merchant.actor, public_id=made["closed"].public_id)
    file_under(actor=merchant.actor, public_id=made["draft"].public_id, campaign="Autumn")
    market.ids |= {f"{name}_task": task.public_id for name, task in made.items()}
    waits, listed = applied(anchor, made["sought"]), applied(anchor, made["listed"])
    sort_into(actor=merchant.actor, public_id=listed.public_id, lane="shortlisted")
    bargains, agrees = applied(anchor, made["offered"]), applied(anchor, made["agreed"])
    offer, agreed = offered(merchant, bargains), offered(merchant, agrees)
    accepted = accept_offer(actor=anchor.actor, public_id=agrees.public_id, answers=agreed.public_id)
    searches = {who: save_search(actor=one.actor, name="Tea", query="q=tea") for who, one in market.people.items()}
    running, out = funded(merchant, anchor), funded(merchant, anchor)
    sealed_as_it_stands(running)
    handed_in(anchor, running, 1)
    approved(merchant, anchor, running, 3)
    ends = {name: funded(merchant, anchor) for name in ("asked", "late", "disputed")}
    ask_to_cancel(actor=merchant.actor, public_id=ends["asked"].public_id, words="Plans changed.")
    ends["late"].deliverables.filter(place=1).update(state="overdue", overdue_at=clock.in_(hours=-73))
    disputed = published(merchant, anchor, ends["disputed"], 3)
    dispute = open_dispute(
        actor=merchant.actor, deliverable_public_id=disputed.public_id, words="It is not there.", anchor_bp=0
    )
    in_dispute = [funded(merchant, anchor) for _ in range(2)]
    for contract in in_dispute:
        handed_in(anchor, contract, 2)
    staff = make_staff(StaffRole.OPERATIONS)
    mediated_one, decided_one = (answered(anchor, disputed_work(merchant, contract)) for contract in in_dispute)
    proposal = mediated(staff, mediated_one, 6_000)
    decided(staff, decided_one, 5_000)
    without_rounds = reviewed(merchant, anchor)
    handed_in(anchor, without_rounds, 1)
    return add(
        market,
        round_work=piece(without_rounds, 1).public_id,
        round=asked_round(merchant, without_rounds).public_id,
        **{name: contract.public_id for name, contract in ends.items()},
        unpaid=signed(merchant, anchor).public_id,
        dispute=dispute.public_id,
        mediated=mediated_one.public_id,
        proposal=proposal.public_id,
        decided=decided_one.public_id,
        payout=paid_out(merchant, anchor).public_id,
        running=running.public_id,
        in_review_work=piece(running, 1).public_id,
        planned_work=piece(running, 2).public_id,
        approved_work=piece(running, 3).public_id,
        published_work=published(merchant, anchor, out, 3).public_id,
        applied=waits.public_id,
        shortlisted=listed.public_id,
        offered=bargains.public_id,
        offer=offer.public_id,
        accepted=accepted.public_id,
        contract=accepted.contract,
        search=searches["merchant"].public_id,
        merchant=merchant.party.public_id,
        anchor=anchor.party.public_id,
        other_anchor=market.people["other_anchor"].party.public_id,
    )


def add(market: Market, **ids: str) -> Market:
    market.ids |= ids
    return market
