"""Everything the bank is told from outside, read and typed here and nowhere else."""

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# A channel of webhooks, and the beginning of the two variables that say where it leads.
_WEBHOOKS = {
    "testbank": "STANDIN_WEBHOOK",
    "acquirer": "STANDIN_STRIPE_PLATFORM",
    "connected": "STANDIN_STRIPE_CONNECTED",
    "thin": "STANDIN_STRIPE_THIN",
}
_SECRETS = ("STANDIN_SECRET", "STANDIN_STRIPE_KEY", *(f"{prefix}_SECRETS" for prefix in _WEBHOOKS.values()))
_LIVE = re.compile(r"(^|[_\W])live([_\W]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Webhook:
    """Where one channel's webhooks go, and the secrets that sign them."""

    url: str
    secrets: list[str]


@dataclass(frozen=True)
class Environment:
    """One bank process's view of the outside."""

    database_url: str
    secret: str
    public_url: str
    return_origins: list[str]
    webhooks: dict[str, Webhook]
    stripe_key: str
    settle_seconds: int
    payout_seconds: int
    hold_seconds: int
    available_seconds: int
    worker_in_process: bool
    debug: bool


def read(environ: dict[str, str] | None = None) -> Environment:
    """Read the process environment and refuse what must never meet real money."""
    given = dict(os.environ if environ is None else environ)
    _refuse_production(given)
    site_url = given.get("SITE_URL", "http://localhost:8000")
    return Environment(
        database_url=_required(given, "STANDIN_DATABASE_URL"),
        secret=_required(given, "STANDIN_SECRET"),
        public_url=given.get("STANDIN_PUBLIC_URL", "http://localhost:8090").rstrip("/"),
        return_origins=[origin(url) for url in _list(given, "STANDIN_RETURN_ORIGINS") or [site_url]],
        webhooks={channel: _webhook(given, prefix) for channel, prefix in _WEBHOOKS.items()},
        stripe_key=_stripe_key(given),
        settle_seconds=int(given.get("STANDIN_SETTLE_SECONDS", "5")),
        payout_seconds=int(given.get("STANDIN_PAYOUT_SECONDS", "10")),
        hold_seconds=int(given.get("STANDIN_HOLD_SECONDS", "30")),
        available_seconds=int(given.get("STANDIN_AVAILABLE_SECONDS", str(2 * 24 * 3600))),
        worker_in_process=given.get("STANDIN_WORKER", "on") == "on",
        debug=given.get("STANDIN_DEBUG", "off") == "on",
    )


def origin(url: str) -> str:
    """`https://host:port` of an address."""
    parts = urlsplit(url.strip())
    return f"{parts.scheme}://{parts.netloc}".lower()


def _refuse_production(given: dict[str, str]) -> None:
    if given.get("MOORING_ENV", "").lower() == "production":
        raise ImproperlyConfigured("The stand-in bank is not a place for real money: it does not start in production.")
    if live := [name for name in _SECRETS if _LIVE.search(given.get(name, ""))]:
        raise ImproperlyConfigured(f"{', '.join(live)} looks like a live secret; the stand-in takes test secrets only.")


def _stripe_key(given: dict[str, str]) -> str:
    key = given.get("STANDIN_STRIPE_KEY", "")
    if key and not key.startswith("sk_test_"):
        raise ImproperlyConfigured("STANDIN_STRIPE_KEY begins with sk_test_, as Stripe's test keys do.")
    return key


def _webhook(given: dict[str, str], prefix: str) -> Webhook:
    return Webhook(given.get(f"{prefix}_URL", ""), _list(given, f"{prefix}_SECRETS"))


def _required(given: dict[str, str], name: str) -> str:
    if not given.get(name):
        raise ImproperlyConfigured(f"The stand-in bank needs {name}; docs/test-bank.md explains it.")
    return given[name]


def _list(given: dict[str, str], name: str) -> list[str]:
    return [item.strip() for item in given.get(name, "").split(",") if item.strip()]
