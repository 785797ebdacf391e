from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MailPreference(models.Model):
    """What a person does not want as mail, and when she is not to be disturbed. The feed has everything anyway."""

    user = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, related_name="mail_preference", verbose_name=_("person")
    )
    off = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("no mails about"))
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="mail_preference_quiet",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
