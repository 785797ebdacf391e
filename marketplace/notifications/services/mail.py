from marketplace.core import clock
from marketplace.core.locks import lock
from marketplace.core.tx import use_case
from marketplace.notifications.machine import MAIL
from marketplace.notifications.models import OutgoingMail


@use_case
def mark_sent(public_id: str) -> None:
    """The mail server took it."""
    for mail in lock(OutgoingMail.objects.filter(public_id=public_id), "event"):
        MAIL.fire(mail, "send")
        mail.sent_at = clock.now()
        if mail.secret:
            mail.text = mail.html = ""
        mail.save(update_fields=["state", "sent_at", "text", "html"])
