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
from marketplace.chat.selectors.unread import unread_of
from marketplace.http.staff import agency_lead
from marketplace.notifications.selectors import unread_count
from marketplace.payments.policies import PAYOUTS, PayoutAction

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
    unread: int


def frame(request: HttpRequest) -> dict[str, Any]:
    """As `frame`, lazily: a page that shows no frame pays nothing for it. (`site` is allauth's own word.)"""
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}


def frame_of(request: HttpRequest) -> dict[str, Any]:
    signed_in = request.user.is_authenticated
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    language = get_language() or "en"
    waiting = unread_of(request.user.pk, [m.party_id for m in request.memberships]) if request.memberships else {}
    return {
        "name": gettext("Mooring"),
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "language": "zh-Hans" if language.startswith("zh") else "en",
        "path": request.get_full_path(),
        "sockets_url": settings.SOCKETS_URL if signed_in else "",
        "nav": list(items(request, main_nav(request) if signed_in else PUBLIC)),
        "tabs": list(items(request, signed_in_nav(request))) if signed_in else [],
        "account": list(items(request, account_nav(request))) if signed_in else [],
        "footer": list(items(request, FOOTER)),
        "parties": [party_item(m, m == request.membership, waiting) for m in request.memberships],
        "party": party_item(request.membership, True, waiting) if request.membership else None,
        "unread": unread_count(request.actor) if signed_in else 0,
        "messages": waiting.get(request.party.pk, 0) if request.party else 0,
        "messages_url": reverse("conversations"),
        "arrived_url": reverse("messages-arrived"),
        "inbox_url": reverse("feed"),
        "switch_url": reverse("switch-party"),
        "login_url": reverse("account_login"),
        "signup_url": reverse("account_signup"),
    }


Entry = dict[str, str]
TODAY: Entry = {"label": gettext_noop("Today"), "url": "dashboard", "icon": "home"}
HALL: Entry = {"label": gettext_noop("Task hall"), "url": "hall", "icon": "search"}
WORK: Entry = {"label": gettext_noop("Work"), "url": "applications", "icon": "briefcase"}
OWN_TASKS: Entry = {"label": gettext_noop("V tasks"), "url": "own-tasks", "icon": "speakerphone"}
CONTRACTS: Entry = {"label": gettext_noop("Contracts"), "url": "contracts", "icon": "file-text"}
WALLET: Entry = {"label": gettext_noop("Wallet"), "url": "wallet", "icon": "wallet"}
EARNINGS: Entry = {"label": gettext_noop("Earnings"), "url": "earnings", "icon": "coins"}
REPRESENTATION: Entry = {"label": gettext_noop("Representation"), "url": "representations", "icon": "users"}
INBOX: Entry = {"label": gettext_noop("Inbox"), "url": "feed", "icon": "bell"}
MESSAGES: Entry = {"label": gettext_noop("Messages"), "url": "conversations", "icon": "message-circle"}
SETTINGS: Entry = {"label": gettext_noop("Settings"), "url": "settings", "icon": "settings"}
ADMIN: Entry = {"label": gettext_noop("Admin"), "url": "admin:index", "icon": "shield"}
SIGN_OUT: Entry = {"label": gettext_noop("Sign out"), "url": "account_logout", "icon": "logout"}
ANCHORS: Entry = {"label": gettext_noop("Anchors"), "url": "anchors", "icon": "broadcast"}
MERCHANTS: Entry = {"label": gettext_noop("Merchants"), "url": "merchants", "icon": "shopping-bag"}
PUBLIC: list[Entry] = [
    HALL,
    ANCHORS,
    MERCHANTS,
    {"label": gettext_noop("How it works"), "url": "how-it-works", "icon": "compass"},
    {"label": gettext_noop("Fees"), "url": "fees", "icon": "receipt"},
    {"label": gettext_noop("Protected funds"), "url": "protected-funds", "icon": "shield"},
]
FOOTER: list[Entry] = [
    *PUBLIC,
    {"label": gettext_noop("Help"), "url": "help", "icon": "compass"},
    {"label": gettext_noop("Check a contract"), "url": "proof", "icon": "compass"},
    {"label": gettext_noop("Terms"), "url": "terms", "icon": "compass"},
    {"label": gettext_noop("Privacy"), "url": "privacy", "icon": "compass"},
]


def signed_in_nav(request: HttpRequest) -> list[Entry]:
    if request.party is None:
        return [TODAY, INBOX, SETTINGS]
    if request.party.is_merchant:
        return [TODAY, OWN_TASKS, CONTRACTS, WALLET, INBOX]
    if may_see_earnings(request):
        return [TODAY, HALL, WORK, CONTRACTS, EARNINGS]
    return [TODAY, HALL, WORK, CONTRACTS, INBOX]


def may_see_earnings(request: HttpRequest) -> bool:
    return PAYOUTS.can(request.actor, PayoutAction.SEE, request.party)


def main_nav(request: HttpRequest) -> list[Entry]:
    """The bell and the account's menu lead to the inbox and the settings already."""
    return [*(entry for entry in signed_in_nav(request) if entry not in (INBOX, SETTINGS)), *market_of(request)]


def market_of(request: HttpRequest) -> list[Entry]:
    """Where the other side is found; on the phone it is in the account's menu."""
    if request.party is None:
        return [ANCHORS, MERCHANTS]
    return [ANCHORS] if request.party.is_merchant else [MERCHANTS]


def account_nav(request: HttpRequest) -> list[Entry]:
    admin = request.actor.staff_roles or agency_lead(request)
    own = [] if request.party is None else [MESSAGES]
    own += [] if request.party is None or request.party.is_merchant else [REPRESENTATION]
    return [*own, SETTINGS, ADMIN, SIGN_OUT] if admin else [*own, SETTINGS, SIGN_OUT]


def items(request: HttpRequest, entries: Iterable[Entry]) -> Iterable[NavItem]:
    for entry in entries:
        url = reverse(entry["url"])
        yield NavItem(gettext(entry["label"]), url, entry["icon"], request.path.startswith(url))


def party_item(membership: Membership, current: bool, waiting: dict[int, int]) -> PartyItem:
    party = membership.party
    face = party.card.face if hasattr(party, "card") else ""
    return PartyItem(
        party.public_id,
        party.name,
        membership.get_role_display(),
        GLYPHS[party.kind],
        face,
        current,
        waiting.get(party.pk, 0),
    )
