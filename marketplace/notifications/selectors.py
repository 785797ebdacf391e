from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY as BACKEND
from django.contrib.auth import HASH_SESSION_KEY as PROOF
from django.contrib.auth import SESSION_KEY as USER
from django.contrib.sessions.models import Session
from django.db.models import Count, QuerySet
from django.utils.crypto import constant_time_compare

from marketplace.accounts.models import User
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.notifications.machine import MailState
from marketplace.notifications.models import MailPreference, Notice, OutgoingMail


def list_notices(actor: Actor, *, only_unread: bool = False) -> QuerySet[Notice]:
    """One's feed, newest first."""
    notices = Notice.objects.visible_to(actor).order_by("-id")
    return notices.filter(read_at=None) if only_unread else notices


def unread_count(actor: Actor) -> int:
    return Notice.objects.visible_to(actor).filter(read_at=None).count()


def unread_counts(user_ids: Iterable[int]) -> dict[int, int]:
    """Of those people who have something that they have not read, how much."""
    waiting = Notice.objects.filter(user__in=list(user_ids), read_at=None).order_by()
    return dict(waiting.values("user").annotate(count=Count("pk")).values_list("user", "count"))


def mail_preference_of(actor: Actor) -> MailPreference:
    """One's own choice; everything, at any time, for whoever has made none."""
    return MailPreference.objects.filter(user_id=actor.user_id).first() or MailPreference(user_id=actor.user_id)


def people_behind(session_keys: Iterable[str]) -> dict[str, tuple[User, dict[str, object]]]:
    """Of each of those sessions that is there, not expired, and older than no change of password: whose it is and what
    it holds. Two queries."""
    sessions = Session.objects.filter(session_key__in=list(session_keys), expire_date__gt=clock.now())
    held = {session.session_key: session.get_decoded() for session in sessions}
    users = {
        str(user.pk): (user, user.get_session_auth_hash())
        for user in User.objects.filter(pk__in={data.get(USER) for data in held.values()} - {None}, is_active=True)
    }
    found = {}
    for key, data in held.items():
        user, proof = users.get(str(data.get(USER)), (None, ""))
        is_ours = data.get(BACKEND) in settings.AUTHENTICATION_BACKENDS
        if user is not None and is_ours and constant_time_compare(str(data.get(PROOF, "")), proof):
            found[key] = user, data
    return found


def mails_arrived(about: str, *, since: datetime) -> bool:
    """Whether there are mails about this, and the mail server took every one of them."""
    states = set(OutgoingMail.objects.filter(about=about, queued_at__gte=since).values_list("state", flat=True))
    return states == {MailState.SENT.value}
