"""Which mails a person gets, and when."""

from collections.abc import Iterable
from datetime import time

from marketplace.accounts.models import User
from marketplace.core.actor import Actor, Source
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.notifications.events import MailPreferred
from marketplace.notifications.groups import Group
from marketplace.notifications.models import MailPreference


@use_case
def prefer_mail(
    *, actor: Actor, off: Iterable[str], quiet_from: time | None, quiet_to: time | None, time_zone: str
) -> MailPreference:
    """One's own. Raises Forbidden for nobody's."""
    if actor.user_id is None:
        raise Forbidden(action="prefer_mail")
    user = lock(User.objects.filter(pk=actor.user_id), "user")[0]
    wanted = sorted(set(off) & set(Group))
    chosen, _made = MailPreference.objects.update_or_create(
        user=user,
        defaults={"off": wanted, "quiet_from": quiet_from, "quiet_to": quiet_to, "time_zone": time_zone},
    )
    record(MailPreferred(aggregate=user.public_id, off=wanted), by=actor)
    return chosen


@use_case
def stop_mails(*, user: str, group: Group) -> None:
    """By the signed link of a mail: whoever holds it reads that mailbox. Again: nothing happens. Raises NotFound."""
    found = lock(User.objects.filter(public_id=user, is_active=True), "user")
    if not found:
        raise NotFound
    chosen, _made = MailPreference.objects.get_or_create(user=found[0])
    if group in chosen.off:
        return
    chosen.off = sorted({*chosen.off, group.value})
    chosen.save(update_fields=["off"])
    by = Actor(user_id=found[0].pk, source=Source.WEB, label="mail link")
    record(MailPreferred(aggregate=user, off=chosen.off), by=by)
