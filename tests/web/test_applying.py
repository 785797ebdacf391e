"""Applying with a piece of work from her page, and what the merchant then sees."""

from django.urls import reverse

from creators.models import PortfolioItem
from marketplace.campaigns.models import Application
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
