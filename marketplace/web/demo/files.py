"""The demo's anchor files, filled the way their owners would."""

from datetime import timedelta

from creators.flows.uploads import upload_cover, upload_piece
from creators.services.channels import add_channel
from creators.services.sections import add_time_off, save_portrait, save_rates, save_week
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.media.flows.upload import upload_party_picture
from marketplace.media.pictures import check_picture
from marketplace.web.demo.stills import PICTURES, ground, shelf, still
from marketplace.web.demo.works import things_of, works_of


def fill_anchor_file(actor: Actor) -> None:
    """Everything that an anchor's page can show, in one go."""
    upload_party_picture(actor=actor, file=check_picture((PICTURES / "p-xiawei.webp").read_bytes()))
    upload_cover(actor=actor, file=check_picture(shelf(("cup", "boba", "bento"), "#e9ece6")))
    add_channel(actor=actor, platform="bilibili", handle="夏未喝茶", followers=41_270)
    add_channel(actor=actor, platform="xiaohongshu", handle="夏未", followers=58_000)
    prices = (
        ("live_segment", 30, 1_200_000),
        ("whole_live", 120, 2_600_000),
        ("video", 2, 650_000),
        ("image_text", None, 280_000),
    )
    save_rates(
        actor=actor,
        rates=[
            {"form": form, "minutes": minutes, "price_minor": price, "currency": "CNY", "is_from": form != "image_text"}
            for form, minutes, price in prices
        ],
    )
    save_week(actor=actor, free=[f"evening:{day}" for day in (2, 3, 4, 6)] + ["afternoon:6", "afternoon:7"])
    start = clock.today() + timedelta(days=20)
    add_time_off(actor=actor, starts_on=start, ends_on=start + timedelta(days=6))
    save_portrait(
        actor=actor,
        shares={
            "gender": {"women": 78, "men": 22},
            "age": {"18_24": 14, "25_30": 38, "31_40": 33, "41_50": 11, "over_50": 4},
            "region": {"CN-ZJ": 22, "CN-SH": 17, "CN-JS": 14, "CN-GD": 11},
            "interest": {"food": 46, "home": 24, "culture": 12},
            "hour": {"08": 4, "10": 6, "12": 9, "14": 6, "16": 7, "18": 14, "20": 36, "22": 18},
        },
    )
    pieces = (
        ("cup", "#e2edf3", "晨屿茶，直播", "38,412观看，1,207单"),
        ("boba", "#f6e7dc", "在家做奶茶，视频", "21.2万播放"),
        ("bento", "#f3ead0", "便当一周，连载", "5集，9.63万收藏"),
    )
    for name, tint, caption, note in pieces:
        picture = check_picture(still(name, tint))
        upload_piece(actor=actor, picture=picture, caption=caption, note=note, link="")


def show_work(actor: Actor, place: int, categories: tuple[str, ...], *, abroad: bool) -> None:
    """A cover and two or three pieces: every anchor shows something of her own."""
    tint = ground(place)
    upload_cover(actor=actor, file=check_picture(shelf(things_of(place, categories), tint)))
    for turn, (thing, caption, note) in enumerate(works_of(place, categories, abroad=abroad), 1):
        picture = check_picture(still(thing, ground(place + 3 * turn)))
        upload_piece(actor=actor, picture=picture, caption=caption, note=note, link="")
