"""The pages that an anchor, an agency and a brand send to others: what they show, to whom, at which price."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from creators.services.profiles import show_anchor_file
from creators.services.sections import save_portrait, save_rates
from marketplace.accounts.models import Party, PartyCard
from marketplace.media.flows.process import process
from marketplace.media.flows.upload import upload_party_picture
from marketplace.media.pictures import check_picture
from tests.factories.people import make_owner
from tests.factories.pictures import picture
from tests.web.conftest import rolled_back
from tests.web.test_permission_matrix import address


def get(world, name: str, who: str = "anonymous", **headers: str) -> str:
    response = world.client(who).get(address(name, world), headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_an_anchors_page_shows_each_figure_with_its_proof(world):
    with rolled_back():
        anchor = world.people["anchor"].actor
        save_portrait(actor=anchor, shares={"gender": {"women": 78, "men": 22}})
        rate = {"form": "video", "minutes": 2, "price_minor": 650_000, "currency": "CNY", "is_from": True}
        save_rates(actor=anchor, rates=[rate])
        page = get(world, "anchor")
    for said in ("Xia Wei", "186,400", "41,270", "@xiawei.tea", "6,500.00", "78 %", "Tea, live", "North Quay"):
        assert said in page, said
    assert page.count("proof--declared") == 3  # two channels and the portrait
    assert "proof--verified" not in page
    assert 'rel="noopener nofollow ugc"' in page


def test_those_who_preview_a_link_find_a_whole_address_and_a_picture(world, settings):
    with rolled_back():
        asset = upload_party_picture(actor=world.people["anchor"].actor, file=check_picture(picture(800, 600)))
        process(asset.public_id)
        page = get(world, "anchor")
        card = PartyCard.objects.get(party=world.people["anchor"].party)
    url = f"{settings.SITE_URL}{address('anchor', world)}"
    shown = f"{settings.SITE_URL}/media/{asset.public_id}/800.webp"
    meta = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z:_]+)" content="([^"]*)">', page))
    assert (meta["og:title"], meta["og:url"], meta["og:image"]) == ("Xia Wei", url, shown)
    assert (meta["twitter:card"], meta["twitter:image"]) == ("summary_large_image", shown)
    assert f'<link rel="canonical" href="{url}">' in page
    assert 'class="qr"' in page
    assert card.face == f"/media/{asset.public_id}/160.webp"


def test_a_hidden_page_is_not_there_for_strangers_and_says_so_to_her(world):
    with rolled_back():
        show_anchor_file(actor=world.people["anchor"].actor, public=False)
        path = address("anchor", world)
        found = {who: world.client(who).get(path).status_code for who in ("anonymous", "owner", "anchor", "agency")}
        # The owner sees it because the anchor has applied to one of her tasks.
        assert found == {"anonymous": 404, "owner": 200, "anchor": 200, "agency": 200}
        assert "Only you see this page." in get(world, "anchor", "anchor")
        assert "Xia Wei" not in get(world, "anchors")
        assert "None of them shows a public page yet." in get(world, "agency")


def test_an_anchor_in_her_first_steps_has_no_public_page(world):
    with rolled_back():
        Party.objects.filter(pk=world.people["anchor"].party.pk).update(state="onboarding")
        assert Client().get(address("anchor", world)).status_code == 404


def test_the_public_page_costs_the_same_however_much_is_on_it(world, django_assert_num_queries):
    with rolled_back():
        with django_assert_num_queries(10):
            get(world, "anchor")
        anchor = world.people["anchor"].actor
        rate = {"form": "video", "minutes": 2, "price_minor": 650_000, "currency": "CNY", "is_from": True}
        save_rates(actor=anchor, rates=[rate, rate | {"form": "image_text"}])
        with django_assert_num_queries(10):
            get(world, "anchor")


def test_the_directory_costs_the_same_however_many_it_lists(world, django_assert_num_queries):
    with rolled_back(), django_assert_num_queries(3):
        get(world, "anchors")


def test_the_filter_form_leads_to_the_one_spelling(world):
    response = Client().get(
        reverse("anchors"), {"filter": "1", "q": " tea ", "category": "food", "at_most": "", "form": ""}
    )
    assert (response.status_code, response["Location"]) == (302, "/anchors/?q=tea&category=food")
    assert Client().get(reverse("anchors"), {"filter": "1"})["Location"] == "/anchors/"


def test_brands_and_suppliers_are_found_together_and_apart(world):
    def names(**query: str) -> list[str]:
        page = Client().get(reverse("merchants"), query).content.decode()
        return re.findall(r'pcard__name"><a href="[^"]*">([^<]*)</a>', page)

    assert names() == ["Chenyu Tea"]
    assert names(kind="supplier") == []
    assert names(q="chenyu") == ["Chenyu Tea"]
    assert names(category="tech") == []
    assert names(category="food", kind="brand") == ["Chenyu Tea"]


def test_a_brands_page_is_not_a_suppliers_and_first_steps_have_none(world):
    with rolled_back():
        other = make_owner("brand", "Fresh Brand").party
        Party.objects.filter(pk=other.pk).update(state="onboarding")
        assert Client().get(reverse("brand", args=[other.public_id])).status_code == 404
        assert Client().get(reverse("supplier", args=[world.ids["brand_party"]])).status_code == 404
        page = get(world, "brand")
    assert "Reliability record" in page
    assert address("task", world) in page


def test_the_frame_shows_the_partys_face_without_another_query(world, django_assert_num_queries):
    with rolled_back():
        client = world.client("anchor")
        client.get("/settings/")
        with django_assert_num_queries(10):
            plain = client.get("/settings/").content.decode()
        asset = upload_party_picture(actor=world.people["anchor"].actor, file=check_picture(picture(800, 600)))
        process(asset.public_id)
        with django_assert_num_queries(10):
            pictured = client.get("/settings/").content.decode()
    face = f'src="/media/{asset.public_id}/160.webp"'
    assert face not in plain
    assert face in pictured


@pytest.mark.parametrize("cursor", ["nonsense", "a:b:c", "\0"])
def test_a_forged_cursor_is_the_first_page(world, cursor):
    with rolled_back():
        assert "Xia Wei" in Client().get(reverse("anchors"), {"after": cursor}).content.decode()
