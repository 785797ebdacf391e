"""A brand as everybody sees it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from brands.models import BrandProfile
from marketplace.accounts.categories import Category
from marketplace.accounts.models import PartyKind
from marketplace.campaigns.selectors.merchants import get_merchant_page
from marketplace.contracts.selectors.reviews import reviews_about
from marketplace.http.actor import actor_of
from marketplace.http.sharing import shared


@require_safe
def brand(request: HttpRequest, party_id: str) -> HttpResponse:
    page = get_merchant_page(actor_of(request), party_id, PartyKind.BRAND)
    profile = BrandProfile.objects.filter(party=page.party).first() or BrandProfile(party=page.party)
    context = {
        "page": page,
        "reviews": reviews_about(page.party),
        "profile": profile,
        "story": profile.story,
        "categories": [Category(value).label for value in profile.categories],
        "share": shared(request.path, page.picture.src if page.picture and page.picture.is_ready else ""),
    }
    return render(request, "brands/brand.html", context)
