"""Pages of plain text. What they say about money and clocks is what the rules of the domain say."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

Parts = dict[str, str]

HOW_IT_WORKS: Parts = {
    "task": gettext_noop("A V task says everything first"),
    "agree": gettext_noop("Agreeing on a price"),
    "sign": gettext_noop("Signing and protecting the fee"),
    "work": gettext_noop("Doing the work"),
    "release": gettext_noop("Releasing the money"),
    "change": gettext_noop("When plans change"),
    "clocks": gettext_noop("Every clock at a glance"),
}
FEES: Parts = {
    "fixed": gettext_noop("On a fixed fee"),
    "commission": gettext_noop("On sales commission"),
    "agency": gettext_noop("The agency’s share"),
    "cancel": gettext_noop("When the merchant cancels"),
    "costs": gettext_noop("Who pays the payment provider"),
    "free": gettext_noop("What costs nothing"),
}
PROTECTED_FUNDS: Parts = {
    "what": gettext_noop("What they are"),
    "where": gettext_noop("Where the money lies"),
    "lots": gettext_noop("Lots: every payment keeps its name"),
    "days": gettext_noop("Day 60 and day 85"),
    "release": gettext_noop("How they are released"),
    "back": gettext_noop("How they go back"),
    "dispute": gettext_noop("When there is a dispute"),
}
TERMS: Parts = {
    "who": gettext_noop("Who agrees with whom"),
    "account": gettext_noop("Your account and your parties"),
    "deals": gettext_noop("V tasks and contracts"),
    "money": gettext_noop("Fees and protected funds"),
    "fair": gettext_noop("What is not allowed"),
    "measures": gettext_noop("What we may do, and your appeal"),
    "end": gettext_noop("Leaving, and changes to these terms"),
}
PRIVACY: Parts = {
    "what": gettext_noop("What we hold"),
    "why": gettext_noop("What we use it for"),
    "who": gettext_noop("Who sees it"),
    "long": gettext_noop("How long we keep it"),
    "rights": gettext_noop("Your rights"),
    "cookies": gettext_noop("Cookies"),
}


def text(name: str, parts: Parts) -> Callable[[HttpRequest], HttpResponse]:
    """A view that shows one text with the list of its parts."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        context = {
            "parts": {key: gettext(title) for key, title in parts.items()},
            "terms_version": settings.TERMS_VERSION,
            "privacy_version": settings.PRIVACY_VERSION,
        }
        return render(request, f"marketplace/content/{name}.html", context)

    return view


how_it_works = text("how_it_works", HOW_IT_WORKS)
fees = text("fees", FEES)
protected_funds = text("protected_funds", PROTECTED_FUNDS)
terms = text("terms", TERMS)
privacy = text("privacy", PRIVACY)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "marketplace/content/help.html", {"address": address()})


def address() -> str:
    """The address that our mails come from, without its name."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
