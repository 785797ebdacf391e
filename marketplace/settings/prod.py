"""Production: behind TLS, with real servers. Whatever is missing or belongs to development stops the start."""

import environ
from django.core.exceptions import ImproperlyConfigured

from marketplace.contracts.sealing.key import SealUnusable, read_certificates, read_seal
from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import ENV
from marketplace.settings.parts.money import OTHER_MINOR_UNITS

DEMO = False

_required = {
    "SECRET_KEY": len(ENV.secret_key) >= 50 and "development" not in ENV.secret_key,
    "ALLOWED_HOSTS": bool(ENV.allowed_hosts),
    "SITE_URL": ENV.site_url.startswith("https://"),
    "EMAIL_URL": bool(ENV.email_url),
    "ISSUER_NAME": bool(ENV.issuer_name),
    "ISSUER_ADDRESS": bool(ENV.issuer_address),
    "ISSUER_COUNTRY": bool(ENV.issuer_country),
    "ISSUER_REGISTRATION": bool(ENV.issuer_registration),
    "ISSUER_TAX_ID": bool(ENV.issuer_tax_id),
    "CONTRACT_SEAL_KEY": bool(ENV.contract_seal_key),
}
if _missing := [name for name, given in _required.items() if not given]:
    raise ImproperlyConfigured(f"Set {', '.join(_missing)} (see .env.example); `manage.py doctor` explains each.")
if ENV.standin_url:
    raise ImproperlyConfigured("STANDIN_URL names the test bank, which is never a place for real money: unset it.")
if ENV.stripe_api_base:
    raise ImproperlyConfigured("STRIPE_API_BASE leads to a stand-in, which is never a place for real money: unset it.")
if ENV.stripe_secret_key:
    if not ENV.stripe_secret_key.startswith(("sk_live_", "rk_live_")):
        raise ImproperlyConfigured("STRIPE_SECRET_KEY is not a live key (sk_live_ or rk_live_): no money would move.")
    _with_stripe = {
        "STRIPE_WEBHOOK_SECRETS": ENV.stripe_webhook_secrets,
        "STRIPE_CONNECTED_WEBHOOK_SECRETS": ENV.stripe_connected_webhook_secrets,
        "STRIPE_THIN_WEBHOOK_SECRETS": ENV.stripe_thin_webhook_secrets,
        "STRIPE_CURRENCIES": ENV.stripe_currencies,
    }
    if _missing := [name for name, given in _with_stripe.items() if not given]:
        raise ImproperlyConfigured(f"With STRIPE_SECRET_KEY set {', '.join(_missing)} too (docs/payments.md).")
    if _other := sorted(OTHER_MINOR_UNITS.intersection(ENV.stripe_currencies)):
        raise ImproperlyConfigured(
            f"STRIPE_CURRENCIES: Stripe counts {', '.join(_other)} in other units than ISO 4217."
        )
if ENV.bank_rail_account_number:
    _with_rail = {
        "BANK_RAIL_ACCOUNT_HOLDER": ENV.bank_rail_account_holder,
        "BANK_RAIL_ACCOUNT_BANK": ENV.bank_rail_account_bank,
        "BANK_RAIL_CURRENCIES": ENV.bank_rail_currencies,
        "BANK_RAIL_KEYS": ENV.bank_rail_keys,
    }
    if _missing := [name for name, given in _with_rail.items() if not given]:
        raise ImproperlyConfigured(f"With BANK_RAIL_ACCOUNT_NUMBER set {', '.join(_missing)} too (docs/bank-rail.md).")
try:
    # That it has expired stops nothing here: contracts wait for the next one, and staff are told.
    _seal = read_seal(ENV.contract_seal_key, ENV.contract_seal_cert, ENV.contract_seal_key_password)
    read_certificates(ENV.contract_seal_previous)
except SealUnusable as _error:
    raise ImproperlyConfigured(
        f"CONTRACT_SEAL_KEY, CONTRACT_SEAL_CERT or CONTRACT_SEAL_PREVIOUS: {_error.why} (docs/sealed-contracts.md)."
    ) from None
if _seal.is_for_development:
    raise ImproperlyConfigured("CONTRACT_SEAL_KEY is the development's, which seals nothing: get one of your own.")

vars().update(environ.Env.email_url_config(ENV.email_url))
DEFAULT_FROM_EMAIL = f"Mooring <hello@{ENV.allowed_hosts[0]}>"
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
