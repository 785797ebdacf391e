from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.contracts.machine import ContractState
from marketplace.contracts.terms import DealTerms
from marketplace.contracts.waterfall import Waterfall
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of


class ContractQuerySet(QuerySet["Contract"]):
    def visible_to(self, actor: Actor) -> "ContractQuerySet":
        """Those that the actor's party is a side of, or that she co-signs as a guardian; operations and compliance
        see all."""
        if actor.staff_roles & {StaffRole.OPERATIONS, StaffRole.COMPLIANCE}:
            return self
        if actor.user_id is None:
            return self.none()
        own = Q(merchant_id=actor.party_id) | Q(anchor_id=actor.party_id) | Q(agency_id=actor.party_id)
        email = User.objects.filter(pk=actor.user_id).values("email")[:1]
        guarded = Q(guardian_email__in=email) & ~Q(guardian_email="")
        return self.filter(own | guarded) if actor.party_id else self.filter(guarded)


class Contract(models.Model):
    """What merchant, anchor and her agency agreed for one seat, frozen: terms, waterfall, documents.

    `subject` and `seat` are the public ids of the V task and of the application that it comes from.
    """

    public_id = PublicIdField(prefix="ctr")
    merchant = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("merchant")
    )
    anchor = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("anchor"))
    agency = models.ForeignKey(
        "accounts.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    guardian_name = models.CharField(_("guardian"), max_length=160, blank=True)
    guardian_email = models.EmailField(_("e-mail of the guardian"), blank=True)
    subject = models.CharField(_("V task"), max_length=40)
    seat = models.CharField(_("application"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    currency = CurrencyField()
    gross_minor = models.BigIntegerField(_("fee in minor units"))
    # {"deal", "brief", "waterfall", "parties"}: everything that is agreed, hashed as canonical JSON.
    canonical = models.JSONField(_("what was agreed"))
    # {"deal", "waterfall"} of the last amendment in force, which come before those; empty: as it was signed.
    amended = models.JSONField(_("what was amended"), default=dict, blank=True)
    terms_sha256 = models.CharField(_("hash of the terms"), max_length=64)
    template_version = models.CharField(_("version of the template"), max_length=20)
    governing_language = models.CharField(_("governing language"), max_length=10)
    state = StateField(default=ContractState.DRAFTED)
    drafted_at = models.DateTimeField(_("drafted"), default=clock.now)
    sign_by = models.DateTimeField(_("sign by"), null=True, blank=True)
    fund_by = models.DateTimeField(_("pay by"), null=True, blank=True)
    funded_at = models.DateTimeField(_("funds protected"), null=True, blank=True)
    funded_by = models.CharField(_("paid from"), max_length=40, blank=True)  # a payment's public id, wallet or reserve
    concluded_at = models.DateTimeField(_("signed by all"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        constraints = [
            one_of("state", ContractState, name="contract_state"),
            models.UniqueConstraint(fields=["seat"], condition=~Q(state="lapsed"), name="contract_one_a_seat"),
            models.CheckConstraint(condition=Q(gross_minor__gte=0), name="contract_gross"),
            models.CheckConstraint(condition=~Q(merchant=models.F("anchor")), name="contract_two_sides"),
        ]
        indexes = [
            models.Index(fields=["merchant", "-id"], name="contract_by_merchant"),
            models.Index(fields=["anchor", "-id"], name="contract_by_anchor"),
            models.Index(fields=["agency", "-id"], name="contract_by_agency", condition=Q(agency__isnull=False)),
            models.Index(fields=["guardian_email"], name="contract_by_guardian", condition=~Q(guardian_email="")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """What people call it on the phone."""
        return f"MO-{self.public_id[-6:].upper()}"

    @property
    def deal(self) -> DealTerms:
        """The terms in force: as they were signed, or last amended."""
        return DealTerms.from_json((self.canonical | self.amended)["deal"])

    @property
    def signed_deal(self) -> DealTerms:
        return DealTerms.from_json(self.canonical["deal"])

    @property
    def brief(self) -> dict[str, str | dict[str, str]]:
        return self.canonical["brief"]

    @property
    def falls(self) -> Waterfall:
        """What falls where of the fee in force."""
        return Waterfall.from_json((self.canonical | self.amended)["waterfall"])

    @property
    def signed_falls(self) -> Waterfall:
        return Waterfall.from_json(self.canonical["waterfall"])

    @property
    def extra_round(self) -> Waterfall | None:
        """What falls where of one further round of changes; None where none can be bought."""
        frozen = self.canonical.get("extra_round")
        return Waterfall.from_json(frozen) if frozen else None
