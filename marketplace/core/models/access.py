import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT_DAYS = 730  # longer than any card network lets a payment be taken back (540 days)


class AccessEntry(models.Model):
    """Who was shown what of a deal: the first time of a day, for each person and thing.

    Never edited; deleted by the clock when it is `KEPT_DAYS` old, because it says where somebody was.
    """

    subject = models.CharField(_("subject"), max_length=40)  # a public id
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("who")
    )
    # Which party the viewer acted for; an id and no key, because core stands below accounts.
    party = models.BigIntegerField(_("party"))
    source = models.CharField(_("way in"), max_length=12)
    address = models.GenericIPAddressField(_("address"), null=True)
    request_id = models.CharField(_("request"), max_length=40, blank=True)
    day = models.DateField(_("day"))  # in UTC
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        constraints = [models.UniqueConstraint(fields=["subject", "viewer", "day"], name="access_once_a_day")]
        indexes = [
            models.Index(fields=["viewer", "-id"], name="access_by_viewer"),
            models.Index(fields=["at"], name="access_at"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_edited", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="kept_for_its_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"""
                    IF OLD.at > clock_timestamp() - interval '{KEPT_DAYS} days' THEN
                        RAISE EXCEPTION 'the access log is kept for {KEPT_DAYS} days';
                    END IF;
                    RETURN OLD;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} was shown {self.subject}"
