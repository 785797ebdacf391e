from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.notifications.events import MailQueued
from marketplace.notifications.models import OutgoingMail


@step
def queue_mail(
    *, to: str, subject: str, text: str, html: str = "", secret: bool = False, about: str = ""
) -> OutgoingMail:
    """A mail that leaves if, and only if, the transaction around it commits."""
    mail = OutgoingMail.objects.create(
        to=to, subject=" ".join(subject.split())[:200], text=text, html=html, secret=secret, about=about
    )
    record(MailQueued(aggregate=mail.public_id), by=Actor.system("mail"))
    return mail
