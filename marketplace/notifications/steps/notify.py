"""Tells people: a line in the feed and a mail, in each one's own language."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from marketplace.accounts.models import Party, User
from marketplace.core import clock
from marketplace.core.tx import step
from marketplace.notifications.groups import URGENT, group_of
from marketplace.notifications.live import hint
from marketplace.notifications.models import MailPreference, Notice
from marketplace.notifications.quiet import quiet_until
from marketplace.notifications.steps.mail import queue_mail
from marketplace.notifications.stop_link import stop_link
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
    told = list(people)
    preferences = {chosen.user_id: chosen for chosen in MailPreference.objects.filter(user__in=told)}
    group = group_of(kind)
    for user in told:
        Notice.objects.create(user=user, party=party, kind=kind, facts=facts, path=path)
        chosen = preferences.get(user.pk)
        if about or chosen is None or group is None or group not in chosen.off:
            mail_to(
                user.email,
                user.language,
                kind,
                facts=facts,
                path=path,
                name=user.name,
                about=about,
                stop_url=stop_link(user.public_id, group) if group and not about else "",
                due_at=None if about or group is None or kind in URGENT else held_until(chosen),
            )
        transaction.on_commit(partial(hint, user.pk, "feed.changed"))


def held_until(chosen: MailPreference | None) -> datetime | None:
    """The end of the quiet hours that it is now for this person, if it is."""
    if chosen is None or chosen.quiet_from is None or chosen.quiet_to is None:
        return None
    return quiet_until(clock.now(), chosen.quiet_from, chosen.quiet_to, chosen.time_zone)


@step
def mail_to(
    email: str,
    language: str,
    kind: str,
    *,
    facts: dict[str, object],
    path: str,
    name: str = "",
    about: str = "",
    stop_url: str = "",
    due_at: datetime | None = None,
) -> None:
    """The mail alone, also to somebody who has no account yet."""
    with override(language):
        said = words(kind, facts)
        context = {"words": said, "link": f"{settings.SITE_URL}{path}", "site_url": settings.SITE_URL, "name": name}
        context["stop_url"] = stop_url
        text = render_to_string("emails/notice.txt", context)
        html = render_to_string("emails/notice.html", context)
    queue_mail(to=email, subject=said.title, text=text, html=html, about=about, stop_url=stop_url, due_at=due_at)
