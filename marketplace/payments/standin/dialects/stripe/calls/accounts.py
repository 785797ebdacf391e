"""`/v2/core/accounts` and their links: who is paid, as v2 speaks of them; and v1's way into her own dashboard."""

from django.conf import settings

from marketplace.payments.standin.dialects.stripe import paging, paging_v2
from marketplace.payments.standin.dialects.stripe.call import Call, known_currency
from marketplace.payments.standin.dialects.stripe.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.stripe.objects import account as objects
from marketplace.payments.standin.dialects.stripe.objects import bank_account
from marketplace.payments.standin.dialects.stripe.objects.common import listed, unix
from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine import clock, return_urls
from marketplace.payments.standin.engine.acquirer import connected
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.models import ConnectedAccount

_TRANSFERS = "configuration.recipient.capabilities.stripe_balance.stripe_transfers.requested"
_COMMON = (_TRANSFERS, "contact_email", "display_name", "dashboard", "include", "metadata")
TAKES = (
    *_COMMON,
    "defaults.currency",
    "defaults.responsibilities",
    "identity.country",
    "identity.entity_type",
)
USE_CASES = ("account_onboarding", "account_update")
_WAYS_BACK = ("refresh_url", "return_url")
_OF_LINK = tuple(f"use_case.{case}.{name}" for case in USE_CASES for name in _WAYS_BACK)


@writing("account.create", TAKES, v2=True)
def create(call: Call) -> dict:
    """An account that can be paid, once she has told who she is."""
    row = connected.create(wants_transfers=_wants_transfers(call), **_fields(call), metadata=call.metadata())
    return objects.write(row, call.given.get("include", []))


@reading("account.get", ("include",), v2=True)
def retrieve(call: Call, account_id: str) -> dict:
    """One account, with the parts that `include` names."""
    return objects.write(connected.get(account_id), call.given.get("include", []))


@reading("account.list", ("applied_configurations", "closed", "limit"), v2=True, pages=True)
def search(call: Call) -> dict:
    """Accounts, newest first; without the parts that only `include` shows."""
    rows = ConnectedAccount.objects.filter(closed_at__isnull=not call.given.get("closed", False))
    if "recipient" in call.given.get("applied_configurations", []):
        rows = rows.exclude(transfers=ConnectedAccount.Transfers.NOT_ASKED)
    return paging_v2.page(rows, call.given, objects.write, url="/v2/core/accounts")


@reading("external_account.list", ("object", *paging.NAMES))
def outside(call: Call, account_id: str) -> dict:
    """The bank accounts that she is paid to: one at most here."""
    row = connected.get(account_id)
    found = (
        [bank_account.write(row)] if row.last4 and call.given.get("object", "bank_account") == "bank_account" else []
    )
    return listed(found, f"/v1/accounts/{account_id}/external_accounts")


@writing("account.update", TAKES, v2=True)
def update(call: Call, account_id: str) -> dict:
    """What the platform says about her."""
    fields = _fields(call)
    if "metadata" in call.given:
        fields["metadata"] = call.metadata(connected.get(account_id).metadata)
    row = connected.update(account_id, wants_transfers=_wants_transfers(call), **fields)
    return objects.write(row, call.given.get("include", []))


@writing("account.close", ("applied_configurations",), v2=True)
def close(call: Call, account_id: str) -> dict:
    """The end of an account."""
    return objects.write(connected.close(account_id))


@writing("account_link.create", ("account", "use_case.type", *_OF_LINK), v2=True)
def link(call: Call) -> dict:
    """A way to the hosted page."""
    use_case = call.given["use_case"]
    kind = use_case["type"]
    if kind not in USE_CASES or kind not in use_case:
        raise must_be("use_case.type", f"one of {', '.join(USE_CASES)}, with its part")
    refresh_url = use_case[kind]["refresh_url"]
    return_url = use_case[kind].get("return_url", refresh_url)
    return_urls.check(f"use_case.{kind}.refresh_url", refresh_url)
    return_urls.check(f"use_case.{kind}.return_url", return_url)
    account_id = call.text("account")
    row = connected.link(account_id, use_case=kind, return_url=return_url, refresh_url=refresh_url)
    return objects.write_link(row)


@writing("login_link.create")
def login_link(call: Call, account_id: str) -> dict:
    """A way into her own dashboard: here, the statement of her account."""
    row = connected.get(account_id)
    if row.dashboard != "express" or not row.last4:
        raise Refusal("account_over", "Cannot create a login link for an account that has not completed onboarding.")
    return {
        "object": "login_link",
        "created": unix(clock.now()),
        "url": f"{settings.STANDIN.public_url}/statement?payee={row.pk}",
    }


def _fields(call: Call) -> dict:
    """What was said of her; what was not said stays as it is."""
    identity, defaults = call.given.get("identity", {}), call.given.get("defaults", {})
    currency = defaults.get("currency")
    said = {
        "display_name": call.text("display_name", longest=200) if "display_name" in call.given else None,
        "contact_email": call.text("contact_email", longest=200) if "contact_email" in call.given else None,
        "dashboard": call.given.get("dashboard"),
        "country": _country(identity["country"]) if "country" in identity else None,
        "entity_type": identity.get("entity_type"),
        "default_currency": known_currency(currency, "defaults.currency") if currency else None,
        "responsibilities": defaults.get("responsibilities"),
    }
    return {name: value for name, value in said.items() if value is not None}


def _country(given: str) -> str:
    if len(given) != 2 or not given.isascii() or not given.isalpha():
        raise must_be("identity.country", "a country's two letters")
    return given.upper()


def _wants_transfers(call: Call) -> bool:
    node = call.given
    for name in _TRANSFERS.split("."):
        node = node.get(name, {})
    return node is True


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve, POST=update)
closing = by_method(POST=close)
links = by_method(POST=link)
external_accounts = by_method(GET=outside)
login_links = by_method(POST=login_link)
