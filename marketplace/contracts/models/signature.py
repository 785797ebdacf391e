from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.drawn import LONGEST, PATH
from marketplace.contracts.models.contract import Contract
from marketplace.core.database_roles import APPEND
from marketplace.core.models.event import APPEND_ONLY


class Capacity(models.TextChoices):
    """As what somebody signs."""

    MERCHANT = "merchant", _("Merchant")
    ANCHOR = "anchor", _("Anchor")
    AGENCY = "agency", _("Agency")
    GUARDIAN = "guardian", _("Guardian")


class Method(models.TextChoices):
    """How the signer proved a moment before that it was she."""

    PASSWORD = "password", _("Password")
    PASSKEY = "passkey", _("Passkey")
    CODE = "code", _("Authenticator code")


class SignedByHand(models.Model):
    """Who signed what, when, from where and how she proved it.

    `typed` and `drawn` are the look of it: a name as the signer writes it, a signature from her hand. Either may be
    empty; neither proves anything that the rest does not.
    """

    capacity = models.CharField(_("signs as"), max_length=10, choices=Capacity.choices)
    party = models.ForeignKey("accounts.Party", null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=160)
    typed = models.CharField(_("signed by hand as"), max_length=160, blank=True)
    drawn = models.TextField(_("drawn by hand"), max_length=LONGEST, blank=True)  # `drawn.py`
    method = models.CharField(_("proved by"), max_length=10, choices=Method.choices)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=300, blank=True)
    document_sha256 = models.CharField(max_length=64)
    terms_sha256 = models.CharField(max_length=64)
    template_version = models.CharField(max_length=20)
    consent_version = models.CharField(max_length=20)
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name}, {self.get_capacity_display()}"


class Signature(SignedByHand):
    """Under a contract. Append-only: the database refuses anything else."""

    database_rights = APPEND

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="signatures")

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(fields=["contract", "capacity"], name="signature_once_a_capacity"),
            models.CheckConstraint(condition=Q(capacity__in=Capacity.values), name="signature_capacity"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="signature_method"),
            models.CheckConstraint(condition=Q(drawn="") | Q(drawn__regex=PATH), name="signature_drawn_of_numbers"),
        ]
        triggers = APPEND_ONLY
