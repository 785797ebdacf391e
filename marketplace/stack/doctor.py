"""`manage.py doctor`: looks at everything that Mooring stands on and says what it finds, in words."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from marketplace.contracts.sealing.configured import our_certificates, our_seal
from marketplace.contracts.sealing.key import SealUnusable
from marketplace.core import clock
from marketplace.payments.gateways import configured
from marketplace.payments.gateways import provider as gateway

FREE_SPACE_GB = 1
SEAL_ENDS_SOON = timedelta(days=30)
SEAL_WORDS = {
    "missing": "none: set CONTRACT_SEAL_KEY and CONTRACT_SEAL_CERT (docs/sealed-contracts.md)",
    "unreadable": "its files cannot be read; is the password right?",
    "mismatched": "the first certificate is not that of the key",
    "early": "its certificate does not hold yet",
    "expired": "its certificate has expired: contracts wait unsealed until there is another",
}


@dataclass(frozen=True)
class Finding:
    what: str
    well: bool
    words: str


def examine() -> Iterator[Finding]:
    """One finding a subject; a check that fails says so and never stops the others."""
    for what, check in CHECKS.items():
        try:
            well, words = check()
        except Exception as error:
            well, words = False, f"{type(error).__name__}: {str(error).strip().splitlines()[0][:160]}"
        yield Finding(what, well, words)


def database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('server_version'), current_database()")
        user, version, name = cursor.fetchone()
    return True, f"PostgreSQL {version}, database {name}, as {user}"


def database_role() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'ledger_%' AND tableowner = current_user")
        owned = cursor.fetchone()[0]
    if owned:
        return False, "the program owns the ledger's tables; give it a role of its own (DATABASE_OWNER_URL for migrate)"
    return True, "the program's role owns nothing and may only read the ledger"


def chinese_in_the_database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT '合同' ~ '^\\w+$'")
        sees = cursor.fetchone()[0]
    return sees, "knows a Chinese letter" if sees else "does not know Chinese letters; create it with a C.UTF-8 ctype"


def migrations() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not plan, "all applied" if not plan else f"{len(plan)} to apply: run `manage.py migrate`"


def valkey() -> tuple[bool, str]:
    client = redis.Redis.from_url(settings.CACHES["quick"]["LOCATION"], socket_timeout=2)
    info = client.info("server")
    client.close()
    version = info.get("valkey_version") or info["redis_version"]
    return True, f"answers, version {version}"


def provider() -> tuple[bool, str]:
    names = configured()
    if not names:
        return True, "no payment provider is configured: nobody can pay"
    return True, "; ".join(gateway(name).greet() for name in names)


def stripe_doors() -> tuple[bool, str]:
    if not settings.STRIPE_SECRET_KEY:
        return True, "Stripe is not configured"
    secrets = {
        "platform": settings.STRIPE_WEBHOOK_SECRETS,
        "connected accounts": settings.STRIPE_CONNECTED_WEBHOOK_SECRETS,
        "thin events": settings.STRIPE_THIN_WEBHOOK_SECRETS,
    }
    if missing := [name for name, given in secrets.items() if not given]:
        return False, f"no webhook secret for {', '.join(missing)}"
    counted = ", ".join(f"{name} {len(given)}" for name, given in secrets.items())
    offered = ", ".join(settings.STRIPE_CURRENCIES) or "none: set STRIPE_CURRENCIES"
    return bool(settings.STRIPE_CURRENCIES), f"webhook secrets: {counted}; currencies offered: {offered}"


def bank_by_hand() -> tuple[bool, str]:
    if not settings.BANK_RAIL_ACCOUNT_NUMBER:
        return True, "no bank by hand is configured"
    holder, bank = settings.BANK_RAIL_ACCOUNT_HOLDER, settings.BANK_RAIL_ACCOUNT_BANK
    given = {"ACCOUNT_HOLDER": holder, "ACCOUNT_BANK": bank, "KEYS": settings.BANK_RAIL_KEYS}
    if missing := [f"BANK_RAIL_{name}" for name, value in given.items() if not value]:
        return False, f"set {', '.join(missing)} too"
    return True, f"{', '.join(settings.BANK_RAIL_CURRENCIES)} by transfer to {holder}, {bank}"


def issuer() -> tuple[bool, str]:
    if missing := [f"ISSUER_{name.upper()}" for name, given in settings.ISSUER.items() if not given]:
        return False, f"nobody to issue invoices: set {', '.join(missing)}"
    return True, f"documents are issued by {settings.ISSUER['name']}, numbered {settings.ISSUER['code']}-…"


def contract_seal() -> tuple[bool, str]:
    try:
        seal = our_seal()
        seal.hold_to(clock.now())
    except SealUnusable as unusable:
        return False, SEAL_WORDS[unusable.why]
    left = seal.expires_at - clock.now()
    time = "with a timestamp authority" if settings.CONTRACT_SEAL_TSA_URL else "without a timestamp authority"
    kind = "the development's, which seals nothing; " if seal.is_for_development else ""
    before = len(our_certificates()) - 1
    words = f"{kind}{seal.name}, until {seal.expires_at:%Y-%m-%d}, {time}; earlier certificates: {before}"
    return left > SEAL_ENDS_SOON, words


def mail() -> tuple[bool, str]:
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        return True, f"development: written to {folder}, shown at /mailbox/"
    return bool(settings.EMAIL_HOST), f"through {settings.EMAIL_HOST or 'nothing: set EMAIL_URL'}"


def storage() -> tuple[bool, str]:
    folder = settings.MEDIA_ROOT
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free / 1e9
    return free > FREE_SPACE_GB, f"{folder}, {free:.0f} GB free"


def safety() -> tuple[bool, str]:
    wallet = "open" if settings.WALLET_ENABLED else "closed"
    if settings.DEMO:
        return True, f"development: demo accounts and the test bank are allowed; wallets are {wallet}"
    return not settings.STANDIN_URL, f"production; wallets are {wallet} (docs/legal.md)"


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "Database": database,
    "Its role": database_role,
    "Its letters": chinese_in_the_database,
    "Migrations": migrations,
    "Valkey": valkey,
    "Payments": provider,
    "Documents": issuer,
    "Stripe": stripe_doors,
    "Bank by hand": bank_by_hand,
    "Contract seal": contract_seal,
    "Mail": mail,
    "Storage": storage,
    "Settings": safety,
}
