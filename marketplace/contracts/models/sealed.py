from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.models.contract import Contract
from marketplace.core.database_roles import APPEND
from marketplace.core.models.event import APPEND_ONLY


class Profile(models.TextChoices):
    """Of the seal, in the words of ETSI EN 319 142-1: basic, or with the time that an authority says."""

    BASIC = "B-B"
    TIMESTAMPED = "B-T"


class SealedContract(models.Model):
    """The PDF of a contract as it was sealed when all had signed. Made once, and never made again.

    The bytes stand in the row, so that they come and go with it: one transaction, one backup, one guard. The database
    holds `sha256` against them.
    """

    database_rights = APPEND

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="sealed")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveIntegerField()
    profile = models.CharField(max_length=3, choices=Profile.choices)
    sealed_by = models.CharField(_("sealed by"), max_length=300)
    certificate_sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(_("sealed"))

    class Meta:
        verbose_name = _("sealed contract")
        verbose_name_plural = _("sealed contracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(F("content"), function="sha256", output_field=models.BinaryField()),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
                name="sealed_contract_hash",
            ),
            models.CheckConstraint(
                condition=Q(size_bytes=Func(F("content"), function="octet_length", output_field=models.IntegerField())),
                name="sealed_contract_size",
            ),
            models.CheckConstraint(condition=Q(profile__in=Profile.values), name="sealed_contract_profile"),
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.contract_id} {self.sha256[:12]}"
