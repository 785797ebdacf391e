"""Settings that every process shares. What differs by place is in dev.py, test.py and prod.py; what comes from
outside is read in env.py; what belongs to one library is in parts/."""

from urllib.parse import unquote

import environ
from django.utils.translation import gettext_lazy as _

from marketplace.settings import env as environment
from marketplace.stack.paths import ROOT

ENV = environment.read()

from marketplace.settings.parts.accounts import *  # noqa: E402, F403
from marketplace.settings.parts.celery import *  # noqa: E402, F403
from marketplace.settings.parts.channels import *  # noqa: E402, F403
from marketplace.settings.parts.logging import *  # noqa: E402, F403
from marketplace.settings.parts.money import *  # noqa: E402, F403
from marketplace.settings.parts.rest import *  # noqa: E402, F403
from marketplace.settings.parts.seal import *  # noqa: E402, F403
from marketplace.settings.parts.security import *  # noqa: E402, F403
from marketplace.settings.parts.storage import *  # noqa: E402, F403

BASE_DIR = ROOT
SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
SITE_URL = ENV.site_url

INSTALLED_APPS = [
    "marketplace.core",
    "marketplace.http",
    "marketplace.accounts",
    "marketplace.media",
    "marketplace.ledger",
    "marketplace.bank_rail",
    "marketplace.notifications",
    "marketplace.reliability",
    "marketplace.payments",
    "marketplace.verification",
    "marketplace.compliance",
    "marketplace.chat",
    "marketplace.contracts",
    "marketplace.campaigns",
    "marketplace.documents",
    "brands",
    "creators",
    "supply",
    "marketplace.web",
    "marketplace.api",
    "marketplace.stack",
    "marketplace.http.admin_app.MooringAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # its widgets, which templates/django/forms overrides
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_cotton",
    "django_htmx",
    "pgtrigger",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.http.middleware.RequestIdMiddleware",
    "marketplace.http.middleware.DatabaseAwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marketplace.accounts.middleware.ActorMiddleware",
    "marketplace.http.errors.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
ASGI_APPLICATION = "marketplace.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "marketplace.web.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
COTTON_DIR = "components"
COTTON_SNAKE_CASED_NAMES = False
FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does; an address typed without a scheme is https
FORM_RENDERER = "marketplace.http.forms.MooringFormRenderer"


def database(url: str) -> dict:
    """A DATABASES entry; a percent-encoded host is the folder of a unix socket."""
    config = environ.Env.db_url_config(url)
    config["HOST"] = unquote(config["HOST"])
    config["CONN_MAX_AGE"] = 0 if ENV.database_pool else 60
    config["CONN_HEALTH_CHECKS"] = True
    config["OPTIONS"] = {
        "connect_timeout": 5,
        "options": "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s",
        **({"pool": {"max_size": 8, "timeout": 5}} if ENV.database_pool else {}),
    }
    return config


DATABASES = {"default": database(ENV.database_url)}
DATABASE_OWNER = database(ENV.database_owner_url)
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail is unique without case, by a constraint on Lower(email)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# `default` holds what must survive a lost Valkey (the limits on sign-in, codes and resets: allauth uses the default
# alias and no other); `quick` is Valkey and misses when it is away. See docs/adr/0006-two-caches.md.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_durable_cache"},
    "quick": {"BACKEND": "marketplace.core.cache.TolerantValkeyCache", "LOCATION": ENV.redis_url},
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_TZ = True
TIME_ZONE = "UTC"
