"""What the stand-in bank and Mooring are told of each other, so that they agree across restarts."""

import os
import secrets
from pathlib import Path

# `MOORING_BANK=stripe make run`: the pages speak Stripe to the stand-in, instead of the test bank's own dialect.
SPEAKS_STRIPE = "stripe"
# `MOORING_BANK=rail make run`: the test bank as ever, and renminbi by hand to an account that is none.
BY_HAND = "rail"
OUR_ACCOUNT = {
    "BANK_RAIL_ACCOUNT_HOLDER": "泊台（开发）Mooring Development",
    "BANK_RAIL_ACCOUNT_BANK": "No Bank at All, Nowhere Branch",
    "BANK_RAIL_ACCOUNT_NUMBER": "00000000000000001234",
}
CURRENCIES = "CNY,USD,EUR,JPY"


def environment(var: Path, *, bank: str, pages: str, site: str, dialect: str) -> dict[str, str]:
    """For the stand-in and the programs beside it; both dialects are there, whichever is spoken."""
    secret, signing = _keys(var / "bank-keys", "bank", "whsec")
    key, platform, connected, thin = _keys(var / "stripe-keys", "sk_test", "whsec", "whsec", "whsec")
    told = {
        "STANDIN_URL": bank,
        "STANDIN_PUBLIC_URL": bank,
        "STANDIN_SECRET": secret,
        "STANDIN_WEBHOOK_SECRETS": signing,
        "STANDIN_WEBHOOK_URL": f"{pages}/webhooks/test-bank/",
        "STANDIN_RETURN_ORIGINS": site,
        "STANDIN_STRIPE_KEY": key,
        "STANDIN_STRIPE_PLATFORM_URL": f"{pages}/webhooks/stripe/",
        "STANDIN_STRIPE_PLATFORM_SECRETS": platform,
        "STANDIN_STRIPE_CONNECTED_URL": f"{pages}/webhooks/stripe/connected/",
        "STANDIN_STRIPE_CONNECTED_SECRETS": connected,
        "STANDIN_STRIPE_THIN_URL": f"{pages}/webhooks/stripe/thin/",
        "STANDIN_STRIPE_THIN_SECRETS": thin,
    }
    if dialect == BY_HAND:
        # The ninety days are told at the test bank.
        return told | OUR_ACCOUNT | {"MOORING_DEMO": "people"}
    if dialect != SPEAKS_STRIPE:
        return told
    return told | {
        "STRIPE_SECRET_KEY": key,
        "STRIPE_API_BASE": bank,
        "STRIPE_WEBHOOK_SECRETS": platform,
        "STRIPE_CONNECTED_WEBHOOK_SECRETS": connected,
        "STRIPE_THIN_WEBHOOK_SECRETS": thin,
        "STRIPE_CURRENCIES": os.environ.get("STRIPE_CURRENCIES") or CURRENCIES,
        # The ninety days are told at the test bank: here everybody begins with empty hands.
        "MOORING_DEMO": "people",
    }


def _keys(file: Path, *kinds: str) -> list[str]:
    """One secret of each kind, made once."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text("".join(f"{kind}_{secrets.token_urlsafe(24)}\n" for kind in kinds))
    return file.read_text().split()
