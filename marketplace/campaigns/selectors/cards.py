"""V tasks as `<c-task-card>` draws them: everything formatted, nothing asked of the database twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.campaigns.models import PriceModelChoice, VTask
from marketplace.core.actor import Actor
from marketplace.media.selectors import PictureView, pictures_of

# What stands in for a picture: the category's object, on its tint.
STILL_LIFE = {
    "food": ("cup", ""),
    "beauty": ("lotion", "5"),
    "fashion": ("shoe", "5"),
    "home": ("candle", "6"),
    "tech": ("head", "3"),
    "parenting": ("gift", "2"),
    "sport": ("camp", ""),
    "culture": ("clap", "3"),
    "travel": ("bags", "6"),
    "farm": ("orange", "4"),
}
GLYPHS = {
    **{"food": "tea", "beauty": "skin", "fashion": "run", "home": "flame", "tech": "audio"},
    **{"sport": "camp", "farm": "orange", "travel": "camp"},
}


@dataclass(frozen=True, slots=True)
class TaskCard:
    title: str
    url: str
    merchant: str
    glyph: str
    mark: str
    form: str
    picture: str
    ground: str
    photo: PictureView | None
    price: str
    currency: str
    extra: str
    funds: str
    closed: bool
    note: str
    example: bool = False
    fit: int = 0
    verified: int = 0


def cards_of(actor: Actor, tasks: Iterable[VTask]) -> list[TaskCard]:
    """Cards for a page of tasks: two more queries, for the pictures."""
    rows = list(tasks)
    photos = pictures_of(actor, [task.picture for task in rows])
    return [card_of(task, photos.get(task.picture)) for task in rows]


def card_of(task: VTask, photo: PictureView | None = None) -> TaskCard:
    picture, ground = STILL_LIFE.get(task.category, ("box", "3"))
    return TaskCard(
        title=task.title or _("A V task without a title"),
        url=reverse("task", args=[task.public_id]),
        merchant=task.merchant_name,
        glyph=GLYPHS.get(task.category, ""),
        mark="",
        form=str(task.get_form_display()),
        picture=static(f"img/{picture}.webp"),
        ground=ground,
        photo=photo if photo and photo.is_ready else None,
        price=price_of(task),
        currency=task.currency,
        extra=extra_of(task),
        funds="protected" if task.is_funded else "signing" if task.has_fee else "",
        closed=task.state not in {"open", "draft", "in_review"},
        note=_("by %(day)s") % {"day": date_format(task.apply_by, "MONTH_DAY_FORMAT")} if task.apply_by else "",
    )


def price_of(task: VTask) -> str:
    """The figure; empty without a fee."""
    if not task.has_fee:
        return ""
    if task.price_model == PriceModelChoice.QUOTE_RANGE and task.fee_max_minor > task.fee_minor:
        return f"{task.fee.figure} – {task.fee_max.figure}"
    return task.fee.figure


def extra_of(task: VTask) -> str:
    """What stands beside the figure: commission, the gift, or how many seats are left."""
    if task.price_model == PriceModelChoice.BARTER:
        return _("product only")
    percent = f"{task.cps_bp / 100:g} %"
    if task.price_model == PriceModelChoice.CPS:
        return _("%(percent)s of each sale") % {"percent": percent}
    seats = ngettext("%(n)s seat", "%(n)s seats", task.seats_left) % {"n": task.seats_left}
    if task.price_model == PriceModelChoice.FEE_CPS:
        return f"+ {percent} · {seats}"
    if task.price_model == PriceModelChoice.QUOTE_RANGE:
        return _("you quote") + f" · {seats}"
    return seats
