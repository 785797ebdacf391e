"""What every page knows: whose it is, where one can go, in which language and light."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, gettext_noop

from marketplace.accounts.models import Membership
from marketplace.http.staff import agency_lead
from marketplace.notifications.selectors import unread_count

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")
GLYPHS = {"brand": "tea", "supplier": "box", "anchor": "audio", "agency": "camp"}


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class PartyItem:
    id: str
    name: str
    role: str
    glyph: str
    picture: str
    current: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a page that shows no frame pays nothing for it."""
    return {"site": SimpleLazyObject(lambda: frame(request))}


def frame(request: HttpRequest) -> dict[str, Any]:
    signed_in = request.user.is_authenticated
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    language = get_language() or "en"
    return {
        "name": gettext("Mooring"),
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "language": "zh-Hans" if language.startswith("zh") else "en",
        "path": request.get_full_path(),
        "sockets_url": settings.SOCKETS_URL if signed_in else "",
        "nav": list(items(request, signed_in_nav(request) if signed_in else PUBLIC)),
        "tabs": list(items(request, signed_in_nav(request))) if signed_in else [],
        "account": list(items(request, account_nav(request))) if signed_in else [],
        "parties": [party_item(m, m == request.membership) for m in request.memberships],
        "party": party_item(request.membership, True) if request.membership else None,
        "unread": unread_count(request.actor) if signed_in else 0,
        "inbox_url": reverse("feed"),
        "switch_url": reverse("switch-party"),
        "login_url": reverse("account_login"),
        "signup_url": reverse("account_signup"),
    }


# (label, url name, icon)
PUBLIC = (
    (gettext_noop("How it works"), "how-it-works", "compass"),
    (gettext_noop("Fees"), "fees", "receipt"),
    (gettext_noop("Protected funds"), "protected-funds", "shield"),
)


def signed_in_nav(request: HttpRequest) -> list[tuple[str, str, str]]:
    today = [(gettext_noop("Today"), "dashboard", "home")]
    wallet = [(gettext_noop("Wallet"), "wallet", "wallet")] if request.party and request.party.is_merchant else []
    sides = request.party and not request.party.is_merchant
    representation = [(gettext_noop("Representation"), "representations", "users")] if sides else []
    return [
        *today,
        *wallet,
        *representation,
        (gettext_noop("Inbox"), "feed", "bell"),
        (gettext_noop("Settings"), "settings", "settings"),
    ]


def account_nav(request: HttpRequest) -> list[tuple[str, str, str]]:
    admin = request.actor.staff_roles or agency_lead(request)
    return [
        (gettext_noop("Settings"), "settings", "settings"),
        *([(gettext_noop("Admin"), "admin:index", "shield")] if admin else []),
        (gettext_noop("Sign out"), "account_logout", "logout"),
    ]


def items(request: HttpRequest, entries: Iterable[tuple[str, str, str]]) -> Iterable[NavItem]:
    for label, url_name, icon in entries:
        url = reverse(url_name)
        yield NavItem(gettext(label), url, icon, request.path.startswith(url))


def party_item(membership: Membership, current: bool) -> PartyItem:
    party = membership.party
    return PartyItem(party.public_id, party.name, membership.get_role_display(), GLYPHS[party.kind], "", current)
