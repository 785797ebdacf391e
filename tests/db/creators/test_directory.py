"""Who is found by what, in which order, page by page; and how many queries that costs."""

import pytest
from django.http import QueryDict

from creators.models import AnchorFile, Channel
from creators.selectors.directory import AnchorQuery, for_cards
from creators.services.channels import add_channel, verify_channel
from creators.services.profiles import save_anchor_file, show_anchor_file
from creators.services.sections import save_rates
from marketplace.core.actor import Actor, StaffRole
from marketplace.http.keyset import page_of
from tests.factories.deals import verify
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.tasks import applied, make_anchor, make_merchant, open_task

pytestmark = pytest.mark.django_db


def listed(name: str, **fields: object) -> Person:
    person = make_owner("anchor", name)
    plain = {"categories": ["food"], "region": "CN-ZJ", "languages": ["cmn"], "bio": "Live."}
    save_anchor_file(actor=person.actor, complete=True, **(plain | fields))
    return person


def found(address: str) -> list[str]:
    query = AnchorQuery.parse(QueryDict(address))
    return [file.party.name for file in page_of(query.files(), query.order, cursor="", size=10, whole=for_cards).rows]


@pytest.fixture
def three() -> list[Person]:
    tea = listed("Tea Host", platform="douyin", handle="teahost", followers=900, bio="讲茶艺，也讲做茶的人")
    shoes = listed("Shoe Host", categories=["fashion"], region="CN-SH", languages=["eng"], bio="Running shoes")
    both = listed("Both", categories=["fashion", "food"], platform="bilibili", handle="both", followers=5_000)
    return [tea, shoes, both]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("", ["Both", "Shoe Host", "Tea Host"]),
        ("sort=followers", ["Both", "Tea Host", "Shoe Host"]),
        ("category=fashion", ["Both", "Shoe Host"]),
        ("category=fashion&category=food", ["Both", "Shoe Host", "Tea Host"]),
        ("platform=douyin", ["Tea Host"]),
        ("region=CN-SH", ["Shoe Host"]),
        ("language=eng", ["Shoe Host"]),
        ("followers=1000", ["Both"]),
        ("q=茶艺", ["Tea Host"]),
        ("q=做茶", ["Tea Host"]),
        ("q=running+shoe", ["Shoe Host"]),
        ("q=teahost", ["Tea Host"]),
        ("q=nobody", []),
        ("category=nonsense&sort=nonsense&followers=-4", ["Both", "Shoe Host", "Tea Host"]),
    ],
)
def test_who_is_found(three, address, names):
    assert found(address) == names


def test_a_price_is_of_one_form_and_one_currency(three):
    rate = {"form": "video", "minutes": 1, "price_minor": 650_000, "currency": "CNY", "is_from": True}
    save_rates(actor=three[0].actor, rates=[rate])
    save_rates(actor=three[1].actor, rates=[rate | {"price_minor": 650_001}])
    save_rates(actor=three[2].actor, rates=[rate | {"currency": "USD", "price_minor": 100}])
    assert found("form=video") == ["Both", "Shoe Host", "Tea Host"]
    assert found("form=whole_live") == []
    assert found("form=video&at_most=6500&currency=CNY") == ["Tea Host"]
    assert found("form=video&at_most=6500") == ["Tea Host"]
    assert found("form=video&at_most=6500&currency=USD") == ["Both"]


def test_verified_means_on_the_platform_that_is_asked_for(three):
    add_channel(actor=three[0].actor, platform="bilibili", handle="tea", followers=1)
    douyin = Channel.objects.get(platform="douyin")
    verify_channel(actor=make_staff(StaffRole.OPERATIONS).actor, public_id=douyin.public_id)
    assert found("verified=1") == ["Tea Host"]
    assert found("verified=1&platform=douyin") == ["Tea Host"]
    assert found("verified=1&platform=bilibili") == []


def test_hidden_and_closed_ones_are_not_found(three):
    show_anchor_file(actor=three[0].actor, public=False)
    three[1].party.state = "closed"
    three[1].party.save()
    assert found("") == ["Both"]


def test_an_address_has_one_spelling():
    query = AnchorQuery.parse(QueryDict("sort=newest&platform=tiktok&category=food&category=beauty&q=+tea+&page=3"))
    assert query.query() == "q=tea&category=beauty&category=food&platform=tiktok"
    assert query.toggled("category", "food") == "q=tea&category=beauty&platform=tiktok"
    assert query.toggled("region", "CN-ZJ") == "q=tea&category=beauty&category=food&platform=tiktok&region=CN-ZJ"
    assert AnchorQuery.parse(QueryDict("at_most=5")).query() == ""


def test_pages_follow_one_another_without_counting(three):
    query = AnchorQuery.parse(QueryDict("sort=followers"))
    first = page_of(query.files(), query.order, cursor="", size=2, whole=for_cards)
    second = page_of(query.files(), query.order, cursor=first.after, size=2, whole=for_cards)
    assert [file.party.name for file in (*first.rows, *second.rows)] == ["Both", "Tea Host", "Shoe Host"]
    assert second.after == ""


def test_a_page_of_cards_costs_three_queries(three, django_assert_num_queries):
    query = AnchorQuery.parse(QueryDict(""))
    with django_assert_num_queries(3):
        for file in page_of(query.files(), query.order, cursor="", size=10, whole=for_cards).rows:
            assert file.party.card.face == ""
            list(file.channels.all())
            list(file.rates.all())


def test_a_hidden_file_is_seen_by_whom_it_concerns():
    anchor = make_anchor("Xia Wei")
    save_anchor_file(actor=anchor.actor, complete=True, categories=["home"], bio="Live.", region="CN-ZJ")
    add_channel(actor=anchor.actor, platform="douyin", handle="xw", followers=120_000)
    show_anchor_file(actor=anchor.actor, public=False)
    verify(anchor.party, "anchor")
    merchant, stranger = make_merchant(), make_merchant("Far Away Tea")

    def seen(actor: Actor) -> bool:
        return AnchorFile.objects.visible_to(actor).filter(party=anchor.party).exists()

    assert not seen(merchant.actor)
    applied(anchor, open_task(merchant))
    assert [seen(who) for who in (merchant.actor, anchor.actor, make_staff(StaffRole.COMPLIANCE).actor)] == [True] * 3
    assert [seen(who) for who in (stranger.actor, Actor())] == [False, False]
