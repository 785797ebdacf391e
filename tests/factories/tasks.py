"""V tasks and candidates, made the way the program makes them."""

from datetime import timedelta

from marketplace.accounts.models import PartyCard
from marketplace.campaigns.models import Application, Offer, VTask
from marketplace.campaigns.services.applying import apply
from marketplace.campaigns.services.offers import make_offer
from marketplace.campaigns.services.publishing import submit_task
from marketplace.campaigns.services.tasks import create_task, save_task
from marketplace.core import clock
from tests.factories.deals import verify
from tests.factories.people import Person, make_owner

CHANNEL = {"platform": "douyin", "handle": "xiawei", "followers": 120_000, "proof": "declared"}


def written(**changed: object) -> dict[str, object]:
    """Everything that a task needs to open at once."""
    today = clock.today("Asia/Shanghai")
    plain = {
        "title": "Autumn oolong, live",
        "form": "video",
        "category": "home",
        "goal": "Show how the tea is brewed",
        "platforms": ["douyin"],
        "disclosure": "Ad",
        "apply_by": today + timedelta(days=7),
        "publish_from": today + timedelta(days=8),
        "publish_until": today + timedelta(days=20),
        "deliverables": [
            {"kind": "draft", "title": "Draft", "due_on": (today + timedelta(days=9)).isoformat(), "share_bp": 3_000},
            {"kind": "video", "title": "Video", "due_on": (today + timedelta(days=19)).isoformat(), "share_bp": 7_000},
        ],
        "fee_minor": 1_200_000,
    }
    return plain | changed


TEA = {"name": "Oolong, 50 g", "price_minor": 26_800, "currency": "CNY", "link": "https://shop.example/oolong"}


def make_merchant(name: str = "Chenyu Tea") -> Person:
    person = make_owner("brand", name)
    verify(person.party, "merchant")
    return person


def make_anchor(name: str = "Xia Wei", **facts: object) -> Person:
    person = make_owner("anchor", name)
    verify(person.party, "anchor")
    known = {"categories": ["home"], "region": "CN-ZJ", "languages": ["cmn"], "channels": [CHANNEL]}
    PartyCard.objects.filter(party=person.party).update(facts=known | facts)
    return person


def draft(merchant: Person, *, products: list[dict] | None = None, **changed: object) -> VTask:
    task = create_task(actor=merchant.actor)
    return save_task(actor=merchant.actor, public_id=task.public_id, fields=written(**changed), products=products)


def open_task(merchant: Person, **changed: object) -> VTask:
    return submit_task(actor=merchant.actor, public_id=draft(merchant, **changed).public_id)


def applied(anchor: Person, task: VTask, **more: object) -> Application:
    return apply(actor=anchor.actor, task_public_id=task.public_id, **({"message": "I drink it daily."} | more))


def offered(merchant: Person, application: Application, **changed: object) -> Offer:
    terms = application.task.deal().with_(**changed)
    return make_offer(actor=merchant.actor, public_id=application.public_id, terms=terms)
