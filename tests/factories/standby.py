"""A live with a bench, up to the hour in which its anchor does not come."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from marketplace.campaigns.models import Application, StandbyCall, VTask
from marketplace.campaigns.services.offers import accept_offer
from marketplace.campaigns.services.standby import put_on_bench
from marketplace.campaigns.steps.standby import call_next
from marketplace.contracts.models import Absence, Contract, Deliverable
from marketplace.contracts.services.absences import report_absence
from marketplace.contracts.terms import DealTerms, DeliverableTerms
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.tx import use_case
from tests.factories.deals import deal, sign_as
from tests.factories.funded import arrived, asked_to_pay, piece
from tests.factories.people import Person
from tests.factories.tasks import applied, make_anchor, make_merchant, offered, open_task
from tests.support.relay import relay_all

FEE = 1_200_000
call_now = use_case(call_next)


PIECES = (("script", "Script", 9, 3_000), ("live", "Two hours live", 12, 7_000))


def live_fields(items: Sequence[tuple[str, str, int, int]] = PIECES) -> dict[str, object]:
    today = clock.today("Asia/Shanghai")
    return {
        "form": "whole_live",
        "live_start": clock.now() + timedelta(days=12),
        "live_minutes": 120,
        "deliverables": [
            {"kind": kind, "title": title, "due_on": (today + timedelta(days=day)).isoformat(), "share_bp": share}
            for kind, title, day, share in items
        ],
    }


@dataclass
class Live:
    """`bench`: who stands by, in rank, with their candidacies."""

    merchant: Person
    anchor: Person
    task: VTask
    contract: Contract
    bench: list[tuple[Person, Application]] = field(default_factory=list)

    @property
    def live(self) -> Deliverable:
        return self.contract.deliverables.get(kind="live")

    @property
    def hour(self) -> datetime:
        """On the day of the live, when it should have begun."""
        return clock.start_of(self.live.due_on, "Asia/Shanghai") + timedelta(hours=20)


def live_with_bench(*caps: int, pieces: Sequence[tuple[str, str, int, int]] = PIECES, **more: object) -> Live:
    """A contract for a live that is paid, and one candidate a cap on the bench."""
    merchant, anchor = make_merchant(), make_anchor()
    task = open_task(merchant, seats=1, **live_fields(pieces), **more)
    agreed = applied(anchor, task)
    others = [(person, applied(person, task)) for person in (make_anchor(f"Standby {n}") for n in range(len(caps)))]
    offer = offered(merchant, agreed)
    accept_offer(actor=anchor.actor, public_id=agreed.public_id, answers=offer.public_id)
    contract = Contract.objects.get(seat=agreed.public_id)
    for person in (merchant, anchor):
        sign_as(person, contract)
    arrived(asked_to_pay(merchant, contract, key=f"pay-{contract.public_id}"))
    relay_all()
    contract.refresh_from_db()
    for (_person, application), cap in zip(others, caps, strict=True):
        put_on_bench(actor=merchant.actor, public_id=application.public_id, cap_minor=cap)
    return Live(merchant, anchor, task, contract, others)


def live_today(**changed: object) -> DealTerms:
    """One live, which is due today."""
    today = clock.today("Asia/Shanghai")
    live = DeliverableTerms(kind="live", title="Two hours live", due_on=today, share_bp=10_000)
    return deal(**({"deliverables": (live,), "publish_from": today} | changed))


def absent_at(contract: Contract, merchant: Person) -> Absence:
    """The merchant says that nobody came to its only live."""
    words = "Nobody went live."
    again_on = clock.today() + timedelta(days=2)
    return report_absence(actor=merchant.actor, public_id=piece(contract, 1).public_id, words=words, again_on=again_on)


def called(merchant: Person, application: Application, absence: Absence) -> StandbyCall:
    """Put on the bench, and asked because of this absence."""
    put_on_bench(actor=merchant.actor, public_id=application.public_id, cap_minor=500_000)
    task = VTask.objects.get(pk=application.task_id)
    contract = absence.deliverable.contract.public_id
    return call_now(
        task,
        contract=contract,
        absence=absence.public_id,
        again_on=absence.again_on,
        most_minor=400_000,
        by=Actor.system("test"),
    )
