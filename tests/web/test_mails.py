"""Every mail about an account: a text and a page, in both languages, whole without an image or a script."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

CHANGES = (
    "account/email/email_changed",
    "account/email/email_confirm",
    "account/email/email_deleted",
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_set",
    "mfa/email/recovery_codes_generated",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
)
ASKS = {
    "account/email/email_confirmation": "K7F-2QX",
    "account/email/email_confirmation_signup": "K7F-2QX",
    "account/email/password_reset_key": "https://mooring.example/reset/1-abc/",
    "account/email/unknown_account": "https://mooring.example/signup/",
    "account/email/account_already_exists": "https://mooring.example/reset/",
}
CONTEXT = {
    "email": "mei@example.org",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "old@example.org",
    "ip": "203.0.113.9",
    "user_agent": "Firefox <b>",
    "timestamp": datetime(2026, 11, 22, 5, 0, tzinfo=UTC),
}


def rendered(prefix: str, **more: str) -> tuple[str, str, str]:
    """Subject, text and page, as allauth renders them."""
    context = CONTEXT | more
    names = (f"{prefix}_subject.txt", f"{prefix}_message.txt", f"{prefix}_message.html")
    subject, text, html = (render_to_string(name, context) for name in names)
    return subject.strip(), text.strip(), html


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("prefix", CHANGES)
def test_a_change_says_what_from_where_and_what_to_do(prefix: str, language: str) -> None:
    with translation.override(language):
        subject, text, html = rendered(prefix)
    assert subject
    assert "\n" not in subject
    assert text.startswith(subject)
    assert "203.0.113.9" in text
    assert "Firefox <b>" in text
    assert "2026-11-22 05:00 UTC" in text
    assert "203.0.113.9" in html
    assert "Firefox &lt;b&gt;" in html


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("prefix", ASKS)
def test_what_is_asked_for_is_in_both(prefix: str, language: str) -> None:
    key = ASKS[prefix]
    with translation.override(language):
        subject, text, html = rendered(prefix, code=key, password_reset_url=key, signup_url=key)
    assert subject
    assert key in text
    assert key in html


@pytest.mark.parametrize("prefix", [*CHANGES, *ASKS])
def test_a_mail_needs_nothing_from_outside(prefix: str) -> None:
    _subject, text, html = rendered(prefix, code="K7F", password_reset_url="https://m.example/", signup_url="/s")
    for html_only in ("<img", "<script", "<link", "url("):
        assert html_only not in html
    assert "<" not in text.replace("Firefox <b>", "")
    assert "&#x27;" not in text


def test_the_languages_differ() -> None:
    with translation.override("zh-hans"):
        chinese = rendered("account/email/password_changed")
    with translation.override("en"):
        english = rendered("account/email/password_changed")
    assert all(one != other for one, other in zip(chinese, english, strict=True))
