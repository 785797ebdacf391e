"""The address in a mail's footer that stops mails of its group: signed, for one person and one group."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from marketplace.core.errors import NotFound
from marketplace.notifications.groups import Group

SALT = "mooring.mail.stop"


def stop_link(user: str, group: Group) -> str:
    """`user` is a public id."""
    return settings.SITE_URL + reverse("mail-stop", args=[signing.dumps([user, group.value], salt=SALT)])


def read_stop(token: str) -> tuple[str, Group]:
    """Raises NotFound for what we have not signed."""
    try:
        user, group = signing.loads(token, salt=SALT)
        return user, Group(group)
    except (signing.BadSignature, ValueError):
        raise NotFound from None
