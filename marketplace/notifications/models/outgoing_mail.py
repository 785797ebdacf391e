from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.notifications.machine import MailState


class OutgoingMail(models.Model):
    """One mail to one person, written with what it tells of and sent by the worker.

    Bodies that carry a code or a link are emptied once they are sent.
    """

    public_id = PublicIdField(prefix="eml")
    to = models.EmailField(_("reader"))
    subject = models.CharField(_("subject line"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    secret = models.BooleanField(_("secret"), default=False)
    about = models.CharField(_("about"), max_length=60, blank=True)  # what asks later whether it arrived
    stop_url = models.CharField(_("link that stops such mails"), max_length=300, blank=True)
    state = StateField(default=MailState.QUEUED)
    queued_at = models.DateTimeField(_("queued"), default=clock.now)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [one_of("state", MailState, name="mail_state")]
        indexes = [models.Index(fields=["about"], name="mail_about", condition=~Q(about=""))]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
