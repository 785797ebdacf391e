"""Production: clean under `check --deploy`, and refusing to start with what belongs to development."""

import os
import subprocess
import sys

import pytest

from marketplace.contracts.sealing.key import DEVELOPMENT
from marketplace.core import clock
from marketplace.stack.paths import ROOT
from marketplace.stack.seal import make_once, make_seal

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


@pytest.fixture(scope="module")
def seals(tmp_path_factory) -> dict[str, str]:
    """Files of a seal as production wants it, and of the development's."""
    folder = tmp_path_factory.mktemp("seals")
    files = {}
    for name, unit in (("whole", "Contracts"), ("development", DEVELOPMENT)):
        for part, data in zip(("KEY", "CERT"), make_seal(clock.now(), unit=unit), strict=True):
            files[f"{name}_{part}"] = str(folder / f"{name}-{part}.pem")
            (folder / f"{name}-{part}.pem").write_bytes(data)
    return files


@pytest.fixture(autouse=True)
def with_a_seal(seals, monkeypatch) -> None:
    monkeypatch.setitem(WHOLE, "CONTRACT_SEAL_KEY", seals["whole_KEY"])
    monkeypatch.setitem(WHOLE, "CONTRACT_SEAL_CERT", seals["whole_CERT"])


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
        ({"CONTRACT_SEAL_KEY": ""}, "CONTRACT_SEAL_KEY"),
        ({"CONTRACT_SEAL_KEY": "/nowhere/key.pem"}, "missing"),
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


def test_production_refuses_the_seal_of_development(seals):
    result = manage("check", CONTRACT_SEAL_KEY=seals["development_KEY"], CONTRACT_SEAL_CERT=seals["development_CERT"])
    assert result.returncode != 0
    assert "CONTRACT_SEAL_KEY is the development's" in result.stderr
    mixed = manage("check", CONTRACT_SEAL_CERT=seals["development_CERT"])
    assert "mismatched" in mixed.stderr


def test_development_makes_its_seal_once_for_itself_alone(tmp_path):
    make_once(tmp_path)
    key, certificate = tmp_path / "contract-seal" / "key.pem", tmp_path / "contract-seal" / "certificate.pem"
    assert [file.stat().st_mode & 0o777 for file in (key, certificate)] == [0o600, 0o600]
    before = key.read_bytes()
    make_once(tmp_path)
    assert key.read_bytes() == before
