from django.db import models

from marketplace.core import clock
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.notifications.machine import MailState


class OutgoingMail(models.Model):
    """One mail to one person, written with what it tells of and sent by the worker.

    Bodies that carry a code or a link are emptied once they are sent.
    """

    public_id = PublicIdField(prefix="eml")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    secret = models.BooleanField(default=False)
    state = StateField(default=MailState.QUEUED)
    queued_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("state", MailState, name="mail_state")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
