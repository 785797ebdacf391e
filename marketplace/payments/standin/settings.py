"""The bank's own Django project: no sessions, no users, no code of Mooring's."""

from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ

from marketplace.payments.standin import env

ENV = env.read()
BASE_DIR = Path(__file__).resolve().parent

# Signs nothing that outlives a page (the CSRF token), so it may follow from the secret that we have anyway.
SECRET_KEY = sha256(f"standin:{ENV.secret}".encode()).hexdigest()
DEBUG = ENV.debug
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost", urlsplit(ENV.public_url).hostname]
CSRF_TRUSTED_ORIGINS = [env.origin(ENV.public_url)]
STANDIN = ENV
# What the card acquirer takes: of a charge a share and a fixed part, of a dispute a fee that it keeps either way.
ACQUIRER = {"fee_basis_points": 290, "fee_fixed_minor": 30, "dispute_fee_minor": 1500, "least_minor": 50}

INSTALLED_APPS = ["marketplace.payments.standin", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "marketplace.payments.standin.pages.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.payments.standin.pages.middleware.Language",
    "django.middleware.common.CommonMiddleware",  # refuses unknown hosts: a rebound name must not read the statement
    "django.middleware.csrf.CsrfViewMiddleware",
    "marketplace.payments.standin.dialects.testbank.past.Past",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "marketplace.payments.standin.urls"
WSGI_APPLICATION = "marketplace.payments.standin.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "marketplace.payments.standin.templatetags.bank",
            ],
        },
    }
]


def _database(url: str) -> dict:
    """A DATABASES entry; a percent-encoded host is the folder of a unix socket.

    A connection a request: cheap on a socket, and a test may swap the whole database under a running bank.
    """
    config = environ.Env.db_url_config(url)
    config["HOST"] = unquote(config["HOST"])
    config["CONN_MAX_AGE"] = 0
    config["OPTIONS"] = {"connect_timeout": 5, "options": "-c lock_timeout=10s -c statement_timeout=30s"}
    return config


DATABASES = {"default": _database(ENV.database_url)}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
# Chinese glyphs for machines that have none: the vendored third-party slices, loaded only where a character needs one.
STATICFILES_DIRS = [("chinese", folder) for folder in BASE_DIR.parents[2].glob("static/vendor/noto-sans-sc-*")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = ENV.debug

# Browsers share cookies between the ports of a host: names of our own, or we would sign people out of Mooring.
CSRF_COOKIE_NAME = "bank_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "marketplace.payments.standin.pages.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "bank_language"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"httpx": {"level": "WARNING"}, "httpcore": {"level": "WARNING"}},
}
