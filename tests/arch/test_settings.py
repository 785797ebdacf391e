"""Production: clean under `check --deploy`, and refusing to start with what belongs to development."""

import os
import subprocess
import sys

import pytest

from marketplace.stack.paths import ROOT

WHOLE = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings.prod",
    "SECRET_KEY": "k3ep-m3-s4fe-" + "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEF",
    "ALLOWED_HOSTS": "mooring.example",
    "SITE_URL": "https://mooring.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "DATABASE_URL": "postgres://mooring_app@db.example/mooring",
    "REDIS_URL": "redis://valkey.example:6379/0",
    "ISSUER_NAME": "Mooring Ltd",
    "ISSUER_ADDRESS": "1 Example Quay",
    "ISSUER_COUNTRY": "CN",
    "ISSUER_REGISTRATION": "91310000000000000X",
    "ISSUER_TAX_ID": "91310000000000000X",
}
STRIPE = {
    "STRIPE_SECRET_KEY": "sk_live_of_nobody",
    "STRIPE_WEBHOOK_SECRETS": "whsec_new,whsec_old",
    "STRIPE_CONNECTED_WEBHOOK_SECRETS": "whsec_connected",
    "STRIPE_THIN_WEBHOOK_SECRETS": "whsec_thin",
    "STRIPE_CURRENCIES": "usd,EUR",
}


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess:
    inherited = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=inherited | WHOLE | changes,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_stripe():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **STRIPE)
    assert result.returncode == 0, result.stderr


def test_production_settings_are_clean_under_check_deploy():
    result = manage("check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "a-development-key-that-production-refuses-to-start-with-ever-at-all"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"SITE_URL": "http://mooring.example"}, "SITE_URL"),
        ({"EMAIL_URL": ""}, "EMAIL_URL"),
        ({"ISSUER_TAX_ID": ""}, "ISSUER_TAX_ID"),
        ({"STANDIN_URL": "http://localhost:8002"}, "STANDIN_URL"),
        (STRIPE | {"STRIPE_API_BASE": "http://localhost:8002"}, "STRIPE_API_BASE"),
        (STRIPE | {"STRIPE_SECRET_KEY": "sk_test_of_nobody"}, "STRIPE_SECRET_KEY"),
        (STRIPE | {"STRIPE_WEBHOOK_SECRETS": ""}, "STRIPE_WEBHOOK_SECRETS"),
        (STRIPE | {"STRIPE_THIN_WEBHOOK_SECRETS": ""}, "STRIPE_THIN_WEBHOOK_SECRETS"),
        (STRIPE | {"STRIPE_CURRENCIES": ""}, "STRIPE_CURRENCIES"),
        (STRIPE | {"STRIPE_CURRENCIES": "USD,KWD"}, "KWD"),
    ],
)
def test_production_refuses_to_start_with_what_is_missing_or_belongs_to_development(changes, named):
    result = manage("check", **changes)
    assert result.returncode != 0
    assert named in result.stderr
