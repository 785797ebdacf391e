from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import VerifiedKind
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.verification.machine import VerificationState


class RejectionReason(models.TextChoices):
    UNREADABLE = "unreadable", _("A paper cannot be read: blurred, cut off or too dark")
    NAME = "name", _("The name on the paper is not the name in the form")
    OUT_OF_DATE = "out_of_date", _("A paper is out of date")
    WRONG_PAPER = "wrong_paper", _("This is another kind of paper than was asked for")
    NOT_REGISTERED = "not_registered", _("The public register does not know this company")
    GUARDIAN = "guardian", _("The guardian could not be confirmed")
    OTHER = "other", _("Another reason")


class VerificationQuerySet(QuerySet["Verification"]):
    def visible_to(self, actor: Actor) -> "VerificationQuerySet":
        """All of them for compliance, a party's own for its owners, none for anybody else."""
        if StaffRole.COMPLIANCE in actor.staff_roles:
            return self
        if actor.party_id is None or actor.role != Role.OWNER:
            return self.none()
        return self.filter(party_id=actor.party_id)


class Verification(models.Model):
    """One check of who a party is: drafted by its owner, decided by compliance.

    `legal_name` is that of the company, of the person, or of the holder of the account, by `kind`.
    """

    public_id = PublicIdField(prefix="ver")
    party = models.ForeignKey(
        "accounts.Party",
        on_delete=models.PROTECT,
        related_name="verifications",
        verbose_name=_("party"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=VerifiedKind.choices)
    state = StateField(default=VerificationState.DRAFT)
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    tax_id = models.CharField(_("tax id"), max_length=60, blank=True)
    address = models.CharField(_("registered address"), max_length=300, blank=True)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    guardian_name = models.CharField(_("guardian's legal name"), max_length=160, blank=True)
    guardian_email = models.EmailField(_("guardian's e-mail"), blank=True)
    legal_entity = models.ForeignKey(
        "accounts.LegalEntity",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("legal entity"),
    )
    started_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("begun by"),
    )
    started_at = models.DateTimeField(_("begun"), default=clock.now)
    submitted_by = models.ForeignKey(
        "accounts.User",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    submitted_at = models.DateTimeField(_("handed in"), null=True)
    decided_by = models.ForeignKey(
        "accounts.User",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.CharField(_("reason"), max_length=20, choices=RejectionReason.choices, blank=True)
    reason_words = models.CharField(_("reason in words"), max_length=500, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            one_of("state", VerificationState, name="verification_state"),
            models.CheckConstraint(condition=Q(kind__in=VerifiedKind.values), name="verification_kind"),
            models.UniqueConstraint(
                fields=["party", "kind"], condition=~Q(state="expired"), name="verification_one_alive"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "rejected"]) | Q(decided_at__isnull=False),
                name="verification_decided_by_someone",
            ),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason=""), name="verification_rejected_why"),
        ]
        indexes = [
            models.Index(fields=["submitted_at"], name="verification_queue", condition=Q(state="submitted")),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.get_kind_display()}"
