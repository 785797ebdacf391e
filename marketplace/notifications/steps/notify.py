"""Tells people: a line in the feed and a mail, in each one's own language."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from marketplace.accounts.models import Party, User
from marketplace.core.tx import step
from marketplace.notifications.models import Notice
from marketplace.notifications.steps.mail import queue_mail


@step
def notify(
    people: Iterable[User], kind: str, *, facts: dict[str, object], path: str = "", party: Party | None = None
) -> None:
    """`facts` are JSON values that fill `emails/<kind>.txt`, `.html` and `notices/<kind>.html`."""
    for user in people:
        Notice.objects.create(user=user, party=party, kind=kind, facts=facts, path=path)
        mail_to(user.email, user.language, kind, facts=facts, path=path, name=user.name)


@step
def mail_to(email: str, language: str, kind: str, *, facts: dict[str, object], path: str, name: str = "") -> None:
    """The mail alone, also to somebody who has no account yet."""
    context = {"facts": facts, "link": f"{settings.SITE_URL}{path}", "site_url": settings.SITE_URL, "name": name}
    with override(language):
        text = render_to_string(f"emails/{kind}.txt", context)
        html = render_to_string(f"emails/{kind}.html", context)
    subject, _, body = text.partition("\n")
    queue_mail(to=email, subject=subject, text=body.strip() + "\n", html=html)
