from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
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


def unread_count_of(user_id: int) -> int:
    return Notice.objects.filter(user_id=user_id, read_at=None).count()


def mail_preference_of(actor: Actor) -> MailPreference:
    """One's own choice; everything, at any time, for whoever has made none."""
    return MailPreference.objects.filter(user_id=actor.user_id).first() or MailPreference(user_id=actor.user_id)


def session_is_live(session_key: str | None, user_id: int) -> bool:
    """Whether the session is still there, not expired, this user's, and older than no change of password."""
    session = Session.objects.filter(session_key=session_key, expire_date__gt=clock.now()).first()
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if session is None or user is None:
        return False
    data = session.get_decoded()
    proof = str(data.get("_auth_user_hash", ""))
    return data.get("_auth_user_id") == str(user_id) and constant_time_compare(proof, user.get_session_auth_hash())


def mails_arrived(about: str, *, since: datetime) -> bool:
    """Whether there are mails about this, and the mail server took every one of them."""
    states = set(OutgoingMail.objects.filter(about=about, queued_at__gte=since).values_list("state", flat=True))
    return states == {MailState.SENT.value}
