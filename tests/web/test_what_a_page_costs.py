"""Queries a page: written down, and the same however much there is to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.campaigns.models import VTask
from marketplace.campaigns.services.offers import accept_offer
from tests.factories.tasks import applied, make_anchor, make_merchant, offered, open_task
from tests.web.conftest import rolled_back

PAGES = {
    # route, its id in the world, who looks: queries, session and party included
    ("hall", "", "anonymous"): 1,
    ("hall", "", "anchor"): 12,
    ("task", "v_task", "anonymous"): 4,
    ("task", "v_task", "anchor"): 18,
    ("own-tasks", "", "owner"): 13,
    ("own-task", "v_task", "owner"): 15,
    ("candidates", "v_task", "owner"): 13,
    ("applications", "", "anchor"): 12,
    ("application", "application", "owner"): 21,
    ("application", "application", "anchor"): 21,
    ("contracts", "", "anchor"): 11,
    ("contract", "contract", "owner"): 14,
    ("contract", "contract", "anchor"): 14,
    ("record", "", "anchor"): 11,
    ("brand", "brand_party", "anonymous"): 10,
    ("agency", "agency_party", "anonymous"): 7,
}


def more_of_everything(world) -> None:
    """Three more tasks, three more candidates, two more contracts of the two whom everybody knows."""
    owner, anchor = world.people["owner"], world.people["anchor"]
    task = VTask.objects.get(public_id=world.ids["v_task"])
    for name in ("Lin Zhou", "Jiang Ye", "Qin An"):
        applied(make_anchor(name), task)
    for merchant in (owner, owner, make_merchant("Another Brand")):
        agreed = applied(anchor, open_task(merchant))
        offer = offered(merchant, agreed)
        accept_offer(actor=anchor.actor, public_id=agreed.public_id, answers=offer.public_id)


@pytest.mark.parametrize(("page", "allowed"), PAGES.items(), ids=[f"{name} {who}" for name, _known, who in PAGES])
def test_a_page_costs_the_same_however_much_it_shows(world, page, allowed):
    name, known, who = page
    path = reverse(name, args=[world.ids[known]] if known else [])
    client = world.client(who)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    with rolled_back():
        cost()  # what is kept for the process is not the page's
        before = cost()
        more_of_everything(world)
        assert (before, cost()) == (allowed, allowed)
