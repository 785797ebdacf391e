"""A supplier as everybody sees it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.accounts.categories import Category
from marketplace.accounts.models import PartyKind
from marketplace.campaigns.selectors.merchants import get_merchant_page
from marketplace.contracts.selectors.reviews import reviews_about
from marketplace.http.actor import actor_of
from marketplace.http.sharing import shared
from supply.models import SupplierProfile


@require_safe
def supplier(request: HttpRequest, party_id: str) -> HttpResponse:
    page = get_merchant_page(actor_of(request), party_id, PartyKind.SUPPLIER)
    profile = SupplierProfile.objects.filter(party=page.party).first() or SupplierProfile(party=page.party)
    context = {
        "page": page,
        "reviews": reviews_about(page.party),
        "profile": profile,
        "story": profile.about,
        "categories": [Category(value).label for value in profile.categories],
        "share": shared(request.path, page.picture.src if page.picture and page.picture.is_ready else ""),
    }
    return render(request, "supply/supplier.html", context)
