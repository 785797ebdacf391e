"""The sections of an anchor file: what each writes, what the ground then reads, and that a refusal changes nothing."""

from datetime import date, timedelta

import pytest

from creators.errors import ChannelTwice, OwnChannel, PortfolioFull, TooManyChannels
from creators.limits import CHANNELS, PORTFOLIO
from creators.models import AnchorFile, Channel, FanPortrait, PortfolioItem, Rate
from creators.services.channels import add_channel, change_channel, remove_channel, unverify_channel, verify_channel
from creators.services.portfolio import add_piece, change_piece, move_piece, remove_piece
from creators.services.profiles import save_anchor_file, show_anchor_file
from creators.services.sections import add_time_off, remove_time_off, save_portrait, save_rates, save_week
from marketplace.accounts.models import PartyCard
from marketplace.accounts.services.parties import rename_party
from marketplace.campaigns.eligibility import Asked, requirements
from marketplace.core import clock
from marketplace.core.actor import Role, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.notifications.models import Notice
from tests.factories.people import Person, make_member, make_owner, make_staff
from tests.support.relay import relay_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def anchor() -> Person:
    person = make_owner("anchor", "Xia Wei")
    save_anchor_file(
        actor=person.actor,
        complete=True,
        categories=["food", "home"],
        region="CN-ZJ",
        languages=["cmn"],
        bio="Tea and slow evenings, 讲茶艺",
        platform="douyin",
        handle="xiawei.tea",
        followers=186_400,
    )
    return person


def card(person: Person) -> PartyCard:
    return PartyCard.objects.get(party=person.party)


def file_of(person: Person) -> AnchorFile:
    return AnchorFile.objects.get(party=person.party)


def test_the_first_steps_leave_a_listed_file_and_the_facts_that_eligibility_reads(anchor):
    assert card(anchor).facts == {
        "categories": ["food", "home"],
        "region": "CN-ZJ",
        "languages": ["cmn"],
        "channels": [{"platform": "douyin", "handle": "xiawei.tea", "followers": 186_400, "proof": "declared"}],
        "works": [],
    }
    assert card(anchor).url == f"/anchors/{anchor.party.public_id}/"
    assert card(anchor).listed_at is not None
    asked = Asked(min_followers=100_000, regions=["CN-ZJ"], languages=["cmn"], platforms=["douyin"])
    assert [one.met for one in requirements(asked, card(anchor).facts)] == [True] * 4
    file = file_of(anchor)
    assert (file.platforms, file.followers, file.verified) == (["douyin"], 186_400, [])
    assert file.listed_at is not None


def test_sending_the_first_steps_again_changes_the_one_first_channel(anchor):
    save_anchor_file(
        actor=anchor.actor, complete=False, platform="bilibili", handle="xw", followers=5, categories=["food"]
    )
    assert [(one.platform, one.handle, one.followers) for one in Channel.objects.all()] == [("bilibili", "xw", 5)]


def test_finish_later_lists_nobody():
    person = make_owner("anchor", "Later")
    person.party.state = "onboarding"
    person.party.save()
    save_anchor_file(actor=person.actor, complete=False, bio="Not yet")
    assert file_of(person).listed_at is None
    assert card(person).listed_at is None


def test_a_hidden_file_leaves_the_directory_and_comes_back(anchor):
    show_anchor_file(actor=anchor.actor, public=False)
    assert (file_of(anchor).listed_at, card(anchor).listed_at) == (None, None)
    show_anchor_file(actor=anchor.actor, public=True)
    assert file_of(anchor).listed_at is not None
    names = Event.objects.filter(aggregate=anchor.party.public_id, name="anchor_file.shown")
    assert [event.data for event in names.order_by("seq")] == [{"public": False}, {"public": True}]


def test_only_staff_verify_a_channel_and_what_is_changed_is_declared_again(anchor):
    channel = Channel.objects.get()
    with pytest.raises(Forbidden):
        verify_channel(actor=anchor.actor, public_id=channel.public_id)
    assert card(anchor).facts["channels"][0]["proof"] == "declared"

    staff = make_staff(StaffRole.COMPLIANCE)
    verify_channel(actor=staff.actor, public_id=channel.public_id)
    channel.refresh_from_db()
    assert (channel.state, channel.verified_by) == ("verified", staff.user)
    assert card(anchor).facts["channels"][0]["proof"] == "verified"
    assert file_of(anchor).verified == ["douyin"]
    with pytest.raises(IllegalTransition):
        verify_channel(actor=staff.actor, public_id=channel.public_id)

    change_channel(
        actor=anchor.actor, public_id=channel.public_id, platform="douyin", handle="xiawei.tea", followers=190_000
    )
    channel.refresh_from_db()
    assert (channel.state, channel.verified_at, channel.verified_by, channel.followers) == (
        "declared",
        None,
        None,
        190_000,
    )
    moves = Event.objects.filter(aggregate=channel.public_id).order_by("seq")
    assert [(move.name, move.from_state, move.to_state) for move in moves] == [
        ("channel.verified", "declared", "verified"),
        ("channel.unverified", "verified", "declared"),
    ]


def test_the_owner_is_told_that_a_channel_is_verified(anchor):
    verify_channel(actor=make_staff(StaffRole.OPERATIONS).actor, public_id=Channel.objects.get().public_id)
    relay_all()
    notice = Notice.objects.get(kind="channel_verified")
    assert (notice.user, notice.facts["channel"]) == (anchor.user, "@xiawei.tea")


def test_saving_a_verified_channel_as_it_was_keeps_its_mark(anchor):
    channel = Channel.objects.get()
    verify_channel(actor=make_staff(StaffRole.OPERATIONS).actor, public_id=channel.public_id)
    change_channel(
        actor=anchor.actor, public_id=channel.public_id, platform="douyin", handle="xiawei.tea", followers=186_400
    )
    assert Channel.objects.get().state == "verified"


def test_staff_take_a_mark_back_and_never_give_one_to_their_own(anchor):
    staff = make_staff(StaffRole.COMPLIANCE)
    public_id = Channel.objects.get().public_id
    verify_channel(actor=staff.actor, public_id=public_id)
    unverify_channel(actor=staff.actor, public_id=public_id)
    assert Channel.objects.get().state == "declared"
    member = make_member(anchor.party, Role.VIEWER)
    own = staff.actor.__class__(user_id=member.user.pk, staff_roles=frozenset({StaffRole.COMPLIANCE}))
    with pytest.raises(OwnChannel):
        verify_channel(actor=own, public_id=public_id)
    assert Channel.objects.get().state == "declared"


def test_a_channel_stands_once_whatever_its_capitals(anchor):
    before = Event.objects.count()
    with pytest.raises(ChannelTwice):
        add_channel(actor=anchor.actor, platform="douyin", handle="XiaWei.Tea")
    assert (Channel.objects.count(), Event.objects.count()) == (1, before)


def test_two_may_claim_an_account_and_one_can_prove_it(anchor):
    other = make_owner("anchor", "Somebody Else")
    claimed = add_channel(actor=other.actor, platform="douyin", handle="xiawei.tea", followers=1)
    staff = make_staff(StaffRole.OPERATIONS)
    verify_channel(actor=staff.actor, public_id=Channel.objects.get(file__party=anchor.party).public_id)
    with pytest.raises(ChannelTwice):
        verify_channel(actor=staff.actor, public_id=claimed.public_id)
    claimed.refresh_from_db()
    assert claimed.state == "declared"


def test_there_is_an_end_to_channels(anchor):
    for number in range(CHANNELS - 1):
        add_channel(actor=anchor.actor, platform="bilibili", handle=f"n{number}", followers=number)
    with pytest.raises(TooManyChannels):
        add_channel(actor=anchor.actor, platform="bilibili", handle="one-more")
    assert Channel.objects.count() == CHANNELS


def test_a_removed_channel_leaves_the_card(anchor):
    remove_channel(actor=anchor.actor, public_id=Channel.objects.get().public_id)
    assert card(anchor).facts["channels"] == []
    assert (file_of(anchor).followers, file_of(anchor).platforms) == (0, [])


def test_a_rate_card_is_saved_as_a_whole(anchor):
    video = {"form": "video", "minutes": 2, "price_minor": 650_000, "currency": "CNY", "is_from": True}
    live = {"form": "whole_live", "minutes": 120, "price_minor": 2_600_000, "currency": "CNY", "is_from": False}
    save_rates(actor=anchor.actor, rates=[video, live])
    save_rates(actor=anchor.actor, rates=[live])
    rate = Rate.objects.get()
    assert (rate.form, rate.minutes, str(rate.price), rate.is_from) == ("whole_live", 120, "CNY 26,000.00", False)


def test_the_week_and_the_days_off(anchor):
    save_week(actor=anchor.actor, free=["evening:3", "evening:3", "morning:6"])
    assert file_of(anchor).free == ["evening:3", "morning:6"]
    today = clock.today(anchor.party.time_zone)
    past = add_time_off(actor=anchor.actor, starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2))
    off = add_time_off(actor=anchor.actor, starts_on=today, ends_on=today + timedelta(days=2))
    assert [one.public_id for one in file_of(anchor).times_off.all()] == [off.public_id]
    with pytest.raises(NotFound):
        remove_time_off(actor=anchor.actor, public_id=past.public_id)
    remove_time_off(actor=anchor.actor, public_id=off.public_id)
    assert file_of(anchor).times_off.count() == 0


def test_a_portrait_keeps_whole_percents_and_refuses_more_than_the_whole(anchor):
    save_portrait(actor=anchor.actor, shares={"gender": {"women": 78, "men": 22, "other": 0}, "age": {}})
    portrait = FanPortrait.objects.get()
    assert (portrait.gender, portrait.age, portrait.is_empty) == ({"women": 78, "men": 22}, {}, False)
    before = Event.objects.count()
    with pytest.raises(ValueError, match="more than 100"):
        save_portrait(actor=anchor.actor, shares={"gender": {"women": 78, "men": 23}})
    assert (FanPortrait.objects.get().gender, Event.objects.count()) == ({"women": 78, "men": 22}, before)


def captions(person: Person) -> list[str]:
    return [piece.caption for piece in file_of(person).portfolio.all()]


def test_pieces_of_work_are_ordered_changed_and_removed(anchor):
    one, two, three = (add_piece(actor=anchor.actor, caption=name, link="https://example.com") for name in "abc")
    move_piece(actor=anchor.actor, public_id=three.public_id, earlier=True)
    assert captions(anchor) == ["a", "c", "b"]
    move_piece(actor=anchor.actor, public_id=one.public_id, earlier=True)
    assert captions(anchor) == ["a", "c", "b"]
    move_piece(actor=anchor.actor, public_id=one.public_id, earlier=False)
    assert captions(anchor) == ["c", "a", "b"]
    change_piece(actor=anchor.actor, public_id=two.public_id, caption="B", link="https://example.com/b")
    remove_piece(actor=anchor.actor, public_id=three.public_id)
    assert captions(anchor) == ["a", "B"]
    assert one.public_id.startswith("pfi_")


def test_a_portfolio_is_a_choice(anchor):
    file = file_of(anchor)
    PortfolioItem.objects.bulk_create(
        [PortfolioItem(file=file, position=n, caption=str(n), link="https://example.com") for n in range(PORTFOLIO)]
    )
    with pytest.raises(PortfolioFull):
        add_piece(actor=anchor.actor, caption="one more", link="https://example.com")
    assert PortfolioItem.objects.count() == PORTFOLIO


def test_what_belongs_to_somebody_else_is_not_there(anchor):
    other = make_owner("anchor", "Somebody Else")
    piece = add_piece(actor=anchor.actor, caption="hers", link="https://example.com")
    for write in (remove_piece, change_piece, move_piece):
        more = {"change_piece": {"caption": "mine"}, "move_piece": {"earlier": True}}.get(write.__name__, {})
        with pytest.raises(NotFound):
            write(actor=other.actor, public_id=piece.public_id, **more)
    with pytest.raises(NotFound):
        remove_channel(actor=other.actor, public_id=Channel.objects.get().public_id)
    assert captions(anchor) == ["hers"]


def test_a_viewer_writes_nothing_and_a_brand_has_no_file(anchor):
    viewer = make_member(anchor.party, Role.VIEWER)
    before = Event.objects.count()
    with pytest.raises(Forbidden):
        save_week(actor=viewer.actor, free=["evening:1"])
    with pytest.raises(NotFound):
        save_week(actor=make_owner("brand").actor, free=["evening:1"])
    assert (file_of(anchor).free, Event.objects.filter(name="anchor_file.saved").count()) == ([], 1)
    assert Event.objects.count() == before + 1  # the brand's founding


def test_the_directory_follows_a_new_name(anchor):
    rename_party(actor=anchor.actor, name="Summer Wei")
    relay_all()
    assert file_of(anchor).search_text.startswith("Summer Wei\n")
    assert card(anchor).name == "Summer Wei"
