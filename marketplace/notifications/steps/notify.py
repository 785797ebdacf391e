"""Tells people: a line in the feed and a mail, in each one's own language."""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from marketplace.accounts.models import Party, User
from marketplace.core.tx import step
from marketplace.notifications.live import hint
from marketplace.notifications.models import Notice
from marketplace.notifications.steps.mail import queue_mail
from marketplace.notifications.wording import words


@step
def notify(
    people: Iterable[User],
    kind: str,
    *,
    facts: dict[str, object],
    path: str = "",
    party: Party | None = None,
    about: str = "",
) -> None:
    """`kind` has its words in `wording.py`; `facts` are JSON values that fill them. `about` is kept with the mails, for
    whoever must know later that they arrived.
    """
    for user in people:
        Notice.objects.create(user=user, party=party, kind=kind, facts=facts, path=path)
        mail_to(user.email, user.language, kind, facts=facts, path=path, name=user.name, about=about)
        transaction.on_commit(partial(hint, user.pk, "feed.changed"))


@step
def mail_to(
    email: str, language: str, kind: str, *, facts: dict[str, object], path: str, name: str = "", about: str = ""
) -> None:
    """The mail alone, also to somebody who has no account yet."""
    with override(language):
        said = words(kind, facts)
        context = {"words": said, "link": f"{settings.SITE_URL}{path}", "site_url": settings.SITE_URL, "name": name}
        text = render_to_string("emails/notice.txt", context)
        html = render_to_string("emails/notice.html", context)
    queue_mail(to=email, subject=said.title, text=text, html=html, about=about)
