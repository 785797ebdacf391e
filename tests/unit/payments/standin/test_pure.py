"""The bank's small parts that need neither a database nor a process."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from marketplace.payments.standin import env
from marketplace.payments.standin.engine import currencies, signature
from marketplace.payments.standin.pages import csv_file

GIVEN = {"STANDIN_DATABASE_URL": "postgres://x/y", "STANDIN_SECRET": "test-secret"}


@pytest.mark.parametrize(
    ("minor", "currency", "shown", "plain"),
    [
        (100_000, "CNY", "1,000.00", "1000.00"),
        (-5, "CNY", "−0.05", "-0.05"),
        (1_234_567, "JPY", "1,234,567", "1234567"),
        (1_234, "KWD", "1.234", "1.234"),
        (-100_000, "USD", "−1,000.00", "-1000.00"),
        (0, "EUR", "0.00", "0.00"),
    ],
)
def test_amounts_are_written_with_the_currencys_own_digits(minor: int, currency: str, shown: str, plain: str) -> None:
    assert currencies.amount(minor, currency) == shown
    assert currencies.plain(minor, currency) == plain


def test_signature_is_the_documented_one() -> None:
    # printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac s3cret
    digest = "1698a50bc74d1ff1db85c4e0a5297c2ad9fdba245d5737cdb789e4cc6e098940"
    header = signature.header(b'{"a":1}', timestamp=1_700_000_000, secrets=["s3cret"])

    assert header == f"t=1700000000,v1={digest}"


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-", "-abc"])
def test_formulas_are_written_as_text(cell: str) -> None:
    assert csv_file.safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-1000.00", "12", "ctr_1", "", "a=b", "2026-11-22"])
def test_numbers_and_plain_texts_stay_as_they_are(cell: str) -> None:
    assert csv_file.safe(cell) == cell


def test_bank_does_not_start_in_production() -> None:
    with pytest.raises(ImproperlyConfigured, match="production"):
        env.read(GIVEN | {"MOORING_ENV": "production"})


@pytest.mark.parametrize("secret", ["sk_live_abc", "LIVE-key", "whsec_live", "live"])
@pytest.mark.parametrize(
    "name",
    [
        "STANDIN_SECRET",
        "STANDIN_WEBHOOK_SECRETS",
        "STANDIN_STRIPE_KEY",
        "STANDIN_STRIPE_PLATFORM_SECRETS",
        "STANDIN_STRIPE_CONNECTED_SECRETS",
        "STANDIN_STRIPE_THIN_SECRETS",
    ],
)
def test_bank_takes_no_live_secret(name: str, secret: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        env.read(GIVEN | {name: secret})


@pytest.mark.parametrize("secret", ["delivery-secret", "olive", "test_key"])
def test_a_word_that_contains_live_is_not_a_live_secret(secret: str) -> None:
    assert env.read(GIVEN | {"STANDIN_SECRET": secret}).secret == secret


@pytest.mark.parametrize("name", list(GIVEN))
def test_bank_says_what_it_lacks(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        env.read({key: value for key, value in GIVEN.items() if key != name})


def test_stripes_key_is_a_test_key() -> None:
    assert env.read(GIVEN | {"STANDIN_STRIPE_KEY": "sk_test_x"}).stripe_key == "sk_test_x"
    with pytest.raises(ImproperlyConfigured, match="STANDIN_STRIPE_KEY"):
        env.read(GIVEN | {"STANDIN_STRIPE_KEY": "a-key"})


def test_each_channel_has_an_address_and_secrets_of_its_own() -> None:
    told = env.read(
        GIVEN
        | {
            "STANDIN_WEBHOOK_URL": "http://a/",
            "STANDIN_STRIPE_CONNECTED_URL": "http://b/",
            "STANDIN_STRIPE_CONNECTED_SECRETS": "new, old",
        }
    )
    assert told.webhooks == {
        "testbank": env.Webhook("http://a/", []),
        "acquirer": env.Webhook("", []),
        "connected": env.Webhook("http://b/", ["new", "old"]),
        "thin": env.Webhook("", []),
    }


def test_payers_return_to_the_site_unless_told_otherwise() -> None:
    assert env.read(GIVEN | {"SITE_URL": "http://localhost:8123/"}).return_origins == ["http://localhost:8123"]
    told = env.read(GIVEN | {"STANDIN_RETURN_ORIGINS": "http://a:1, https://B.example/x"})
    assert told.return_origins == ["http://a:1", "https://b.example"]
