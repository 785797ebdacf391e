"""Applying with a piece of work from her page, and what the merchant then sees."""

from django.urls import reverse

from creators.models import PortfolioItem
from marketplace.campaigns.models import Application
from tests.factories.tasks import open_task
from tests.factories.world import live_fields
from tests.web.conftest import rolled_back


def test_work_from_her_page_is_chosen_and_the_merchant_sees_it(world):
    piece = PortfolioItem.objects.get(file__party=world.people["anchor"].party)
    path = reverse("task-apply", args=[world.ids["untouched"]])
    with rolled_back():
        client = world.client("anchor")
        assert f'name="portfolio" value="{piece.public_id}"' in client.get(path).content.decode()
        made_up = client.post(path, {"message": "I drink it daily.", "portfolio": ["pfi_of_somebody_else"]})
        assert made_up.status_code == 422
        sent = client.post(path, {"message": "I drink it daily.", "portfolio": [piece.public_id]})
        assert sent.status_code == 302
        application = Application.objects.get(task__public_id=world.ids["untouched"])
        assert application.portfolio == [piece.public_id]
        page = world.client("owner").get(reverse("application", args=[application.public_id])).content.decode()
        assert piece.caption in page
        assert "Work shown with it" in page


def test_an_agency_says_for_whom_and_shows_her_work(world):
    anchor = world.people["anchor"].party
    piece = PortfolioItem.objects.get(file__party=anchor)
    with rolled_back():
        task = open_task(world.people["owner"], **live_fields())  # what the agency represents her for
        path = reverse("task-apply", args=[task.public_id])
        agency = world.client("agency")
        choice = agency.get(path).content.decode()
        assert f'href="?anchor={anchor.public_id}"' in choice
        form = agency.get(path, {"anchor": anchor.public_id}).content.decode()
        assert f'name="portfolio" value="{piece.public_id}"' in form
        said = {"message": "She is free on both evenings.", "portfolio": [piece.public_id]}
        stranger = world.people["owner"].party.public_id
        assert agency.post(path, {**said, "anchor": stranger}).status_code == 404
        assert not Application.objects.filter(task=task).exists()
        assert agency.post(path, {**said, "anchor": anchor.public_id}).status_code == 302
        application = Application.objects.get(task=task)
        assert (application.anchor, application.by_party) == (anchor, world.people["agency"].party)
        assert application.portfolio == [piece.public_id]
        assert f'href="?anchor={anchor.public_id}"' not in agency.get(path).content.decode()
