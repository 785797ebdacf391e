from datetime import datetime

from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import step
from marketplace.notifications.events import MailQueued
from marketplace.notifications.models import OutgoingMail

MAIL_HELD = "mail.held"


@step
def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    secret: bool = False,
    about: str = "",
    stop_url: str = "",
    due_at: datetime | None = None,
) -> OutgoingMail:
    """A mail that leaves if, and only if, the transaction around it commits; not before `due_at`."""
    mail = OutgoingMail.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        secret=secret,
        about=about,
        stop_url=stop_url,
    )
    if due_at is not None:
        schedule(MAIL_HELD, mail.public_id, due_at=due_at)
        return mail
    record(MailQueued(aggregate=mail.public_id), by=Actor.system("mail"))
    return mail
