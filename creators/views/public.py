"""The pages that everybody may see: an anchor, an agency, the directory of anchors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creators.forms.portrait import TITLES
from creators.forms.sections import WEEK
from creators.models import AnchorFile
from creators.selectors.directory import SORTS, AnchorQuery, for_cards
from creators.selectors.pages import Chart, get_agency_page, get_anchor_page, in_order
from creators.views.filters import chosen_of, filters_of
from marketplace.accounts.categories import Category
from marketplace.accounts.spoken import Spoken
from marketplace.campaigns.models import Form
from marketplace.campaigns.selectors.hall import CURRENCIES
from marketplace.contracts.selectors.reviews import reviews_about
from marketplace.http.actor import actor_of
from marketplace.http.keyset import page_of
from marketplace.http.sharing import shared

PAGE = 24


@require_safe
def anchor(request: HttpRequest, party_id: str) -> HttpResponse:
    page = get_anchor_page(actor_of(request), party_id)
    picture = page.cover or page.picture
    share = shared(request.path, picture.src if picture and picture.is_ready else "")
    context = {
        "page": page,
        "reviews": reviews_about(page.party),
        "share": share,
        "charts": [{"title": TITLES[name], **_drawn(chart)} for name, chart in page.charts.items()],
        "categories": [Category(value).label for value in page.file.categories],
        "languages": [str(Spoken(value).label) for value in page.file.languages],
        "days": [label for _number, label in WEEK],
        "invite_url": invite_url(),
        "is_merchant": is_merchant(request),
    }
    return render(request, "creators/anchor.html", context)


@require_safe
def agency(request: HttpRequest, party_id: str) -> HttpResponse:
    page = get_agency_page(actor_of(request), party_id)
    picture = page.picture.src if page.picture and page.picture.is_ready else ""
    cards = [card_of(file) for file in page.anchors]
    categories = [Category(value).label for value in page.profile.categories]
    context = {
        "page": page,
        "reviews": reviews_about(page.party),
        "cards": cards,
        "categories": categories,
        "share": shared(request.path, picture),
    }
    return render(request, "creators/agency.html", context)


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Filters live in the address, in one spelling; another one is led to it."""
    query = AnchorQuery.parse(request.GET)
    cursor = request.GET.get("after", "")
    spelt = query.query()
    if "filter" in request.GET:  # the form was sent: its empty boxes do not belong in an address
        return redirect(f"{request.path}?{spelt}" if spelt else request.path)
    found = query.files()
    page = page_of(found, query.order, cursor=cursor, size=PAGE, whole=for_cards)
    context = {
        "query": query,
        "cards": [card_of(file) for file in page.rows],
        "page": page,
        "count": query.count(found, page) if query.narrows and page.is_first else None,
        "kept": [(name, value) for name, value in query.pairs() if name != "q"],
        "next": f"?{query.query()}{'&' if spelt else ''}after={page.after}" if page.after else "",
        "filters": filters_of(query),
        "chosen": chosen_of(query),
        "forms": Form.choices,
        "currencies": CURRENCIES,
        "sorts": [(label, f"?{query.query(sort=name)}", name == query.sort) for name, label in sort_labels().items()],
        "is_merchant": is_merchant(request),
        "invite_url": invite_url() if is_merchant(request) else "",
    }
    return render(request, "creators/directory.html", context)


def sort_labels() -> dict[str, str]:
    labels = {"newest": _("Newest"), "followers": _("Followers")}
    return {name: labels[name] for name in SORTS}


def card_of(file: AnchorFile) -> dict[str, object]:
    """What `<c-anchor-card>` draws."""
    channels = sorted(file.channels.all(), key=lambda channel: (-channel.followers, channel.pk))
    rates = in_order(file.rates.all())
    return {
        "id": file.party.public_id,
        "url": reverse("anchor", args=[file.party.public_id]),
        "name": file.party.name,
        "face": file.party.card.face,
        "bio": file.bio,
        "tags": [*([file.get_region_display()] if file.region else []), *map(_label, file.categories[:2])],
        "channel": channels[0] if channels else None,
        "followers": f"{channels[0].followers:,}" if channels else "",
        "others": len(channels) - 1,
        "rate": rates[0] if rates else None,
    }


def _label(category: str) -> str:
    return str(Category(category).label)


def _drawn(chart: Chart) -> dict[str, object]:
    return {
        "part": chart.part,
        "shares": chart.shares,
        "items": chart.items,
        "columns": chart.columns,
        "peak": chart.peak,
    }


def is_merchant(request: HttpRequest) -> bool:
    return bool(request.party) and request.party.is_merchant


def invite_url() -> str:
    """Where a merchant chooses the V task to invite to; empty while there is no such page."""
    try:
        return reverse("invite-anchors")
    except NoReverseMatch:
        return ""
