"""The way from a mail about a changed sign-in to "that was not me". Signed: whoever has the mail may freeze, and only
that."""

from django.conf import settings
from django.core import signing

SALT = "freeze-payouts"
GOOD_FOR_S = 30 * 24 * 3600


def freeze_path(public_id: str) -> str:
    """For a user (her parties) or one party, by public id."""
    return f"/earnings/freeze/{signing.dumps(public_id, salt=SALT)}/"


def freeze_url(public_id: str) -> str:
    return f"{settings.SITE_URL}{freeze_path(public_id)}"


def frozen_by(token: str) -> str | None:
    """The public id that a link speaks of; None for one that is forged or over."""
    try:
        return str(signing.loads(token, salt=SALT, max_age=GOOD_FOR_S))
    except signing.BadSignature:
        return None
