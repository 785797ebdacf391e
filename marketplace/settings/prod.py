"""Production: behind TLS, with real servers. Whatever is missing or belongs to development stops the start."""

import environ
from django.core.exceptions import ImproperlyConfigured

from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import ENV

DEMO = False

_required = {
    "SECRET_KEY": len(ENV.secret_key) >= 50 and "development" not in ENV.secret_key,
    "ALLOWED_HOSTS": bool(ENV.allowed_hosts),
    "SITE_URL": ENV.site_url.startswith("https://"),
    "EMAIL_URL": bool(ENV.email_url),
}
if _missing := [name for name, given in _required.items() if not given]:
    raise ImproperlyConfigured(f"Set {', '.join(_missing)} (see .env.example); `manage.py doctor` explains each.")
if ENV.standin_url:
    raise ImproperlyConfigured("STANDIN_URL names the test bank, which is never a place for real money: unset it.")

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
