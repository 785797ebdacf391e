from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import CurrencyField, PublicIdField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.core.money import Money


class DocumentKind(models.TextChoices):
    RECEIPT = "receipt", _("Receipt")
    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
    STATEMENT = "statement", _("Self-billed statement")


class DocumentQuerySet(QuerySet["Document"]):
    def visible_to(self, actor: Actor) -> "DocumentQuerySet":
        """One's own party's; finance staff see all."""
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class Document(models.Model):
    """What was issued to a party, with everything that is on it, frozen. Never changed: corrected by another.

    `contents` is canonical JSON, `sha256` its hash; pages and PDF are drawn from it and from nothing else. `cause`
    names what it was issued for, so that nothing is issued twice.
    """

    database_rights = APPEND

    public_id = PublicIdField(prefix="doc")
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind.choices)
    series = models.ForeignKey(
        "documents.Series", on_delete=models.PROTECT, related_name="documents", verbose_name=_("series of numbers")
    )
    sequence = models.PositiveIntegerField(_("number in its series"))
    number = models.CharField(_("number"), max_length=40)
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party"))
    currency = CurrencyField()
    net_minor = models.BigIntegerField(_("net, in minor units"))
    tax_minor = models.BigIntegerField(_("VAT, in minor units"))
    total_minor = models.BigIntegerField(_("total, in minor units"))
    month = models.DateField(_("month"), null=True, blank=True)
    cause = models.CharField(_("issued for"), max_length=80, unique=True)
    corrects = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    contents = models.JSONField(_("what stands on it"))
    sha256 = models.CharField(_("hash of what stands on it"), max_length=64)
    issued_at = models.DateTimeField(_("issued"), default=clock.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence"], name="document_number_once"),
            models.UniqueConstraint(
                fields=["party", "currency", "month", "kind"], condition=Q(month__isnull=False), name="document_monthly"
            ),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind"),
            models.CheckConstraint(condition=Q(total_minor=F("net_minor") + F("tax_minor")), name="document_adds_up"),
            models.CheckConstraint(
                condition=Q(kind="credit_note", corrects__isnull=False)
                | (~Q(kind="credit_note") & Q(corrects__isnull=True)),
                name="document_credit_note_names_its_invoice",
            ),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="document_by_party"),
            models.Index(fields=["party", "kind", "-id"], name="document_by_kind"),
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)


class InvoicedRelease(models.Model):
    """A release whose fee stands on an invoice: each on one, once. Never changed."""

    database_rights = APPEND

    invoice = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="releases", verbose_name=_("invoice"))
    release = models.OneToOneField(
        "contracts.Release", on_delete=models.PROTECT, related_name="invoiced", verbose_name=_("release")
    )
    fee_minor = models.BigIntegerField(_("platform fee, in minor units"))
    vat_minor = models.BigIntegerField(_("VAT, in minor units"))

    class Meta:
        verbose_name = _("invoiced release")
        verbose_name_plural = _("invoiced releases")
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.fee_minor} + {self.vat_minor}"
