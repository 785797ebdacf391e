"""`make run` and a developer's shell: plain HTTP on localhost, the stand-in bank, mail in a folder."""

from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import ENV, INSTALLED_APPS, ISSUER, STORAGES

SECRET_KEY = ENV.secret_key or "a-development-key-that-production-refuses-to-start-with"
ALLOWED_HOSTS = ENV.allowed_hosts or ["localhost", "127.0.0.1", "[::1]", ".localhost"]
INSTALLED_APPS = [*INSTALLED_APPS, "marketplace.web.mailbox"]
WALLET_ENABLED = True
# Well known, so it seals nothing: production refuses to start without keys of its own.
BANK_RAIL_KEYS = ENV.bank_rail_keys or ["bW9vcmluZyBkZXZlbG9wbWVudCBrZXksIG5vIHNlY3I="]
DEMO = True
# `manage.py up` makes it once (stack/seal.py). Its certificate says what it is, and production refuses it.
CONTRACT_SEAL_KEY = ENV.contract_seal_key or str(ENV.var / "contract-seal" / "key.pem")
CONTRACT_SEAL_CERT = ENV.contract_seal_cert or str(ENV.var / "contract-seal" / "certificate.pem")
# Says on every document that it is none.
ISSUER = {
    "name": "Mooring Development (not a company)",
    "address": "1 Example Quay, Nowhere",
    "country": "CN",
    "registration": "DEV-000000",
    "tax_id": "DEV-TAX-000000",
    "code": ISSUER["code"],
}
# Files straight from static/, no collectstatic between an edit and a reload.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = ENV.debug
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = ENV.var / "mail"
DEFAULT_FROM_EMAIL = "Mooring <hello@mooring.localhost>"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
