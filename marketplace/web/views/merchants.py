"""Brands and suppliers in one directory. It belongs to neither side, so it stands here, over both, and reads the cards
that both write.
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.accounts.categories import Category
from marketplace.accounts.models import PartyCard, PartyKind
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.accounts.selectors import NEWEST_FIRST, list_cards
from marketplace.http.keyset import page_of

PAGE = 24
LONGEST = 80


@require_safe
def merchants(request: HttpRequest) -> HttpResponse:
    """Filters live in the address, in one spelling."""
    q = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    kind = request.GET.get("kind", "") if request.GET.get("kind") in MERCHANT_KINDS else ""
    categories = sorted(set(request.GET.getlist("category")) & set(Category.values))

    def spelt(q: str = q, kind: str = kind, categories: list[str] = categories) -> str:
        pairs = [("q", q), ("kind", kind), *(("category", one) for one in categories)]
        return urlencode([pair for pair in pairs if pair[1]])

    if "filter" in request.GET:
        return redirect(f"{request.path}?{spelt()}" if spelt() else request.path)
    found = list_cards(kinds=[kind] if kind else sorted(MERCHANT_KINDS), categories=categories, q=q)
    page = page_of(found, NEWEST_FIRST, cursor=request.GET.get("after", ""), size=PAGE)
    context = {
        "q": q,
        "cards": [card_of(card) for card in page.rows],
        "narrows": bool(spelt()),
        "kinds": [
            (_("All"), f"?{spelt(kind='')}", not kind),
            (_("Brands"), f"?{spelt(kind=PartyKind.BRAND)}", kind == PartyKind.BRAND),
            (_("Suppliers"), f"?{spelt(kind=PartyKind.SUPPLIER)}", kind == PartyKind.SUPPLIER),
        ],
        "categories": [
            (label, f"?{spelt(categories=sorted(set(categories) ^ {value}))}", value in categories)
            for value, label in Category.choices
        ],
        "kept": [("kind", kind)] * bool(kind) + [("category", one) for one in categories],
        "next": f"?{spelt()}{'&' if spelt() else ''}after={page.after}" if page.after else "",
    }
    return render(request, "marketplace/merchants.html", context)


def card_of(card: PartyCard) -> dict[str, object]:
    categories = [str(Category(value).label) for value in card.facts.get("categories", [])]
    return {
        "url": card.url,
        "name": card.name,
        "face": card.face,
        "store": True,
        "bio": card.about,
        "tags": [card.get_kind_display(), *categories],
    }
