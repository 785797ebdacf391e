from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.drawn import PATH
from marketplace.contracts.machine import STANDING_AMENDMENT, AmendmentState
from marketplace.contracts.models.contract import Contract
from marketplace.contracts.models.signature import Capacity, Method, SignedByHand
from marketplace.contracts.terms import DealTerms
from marketplace.contracts.waterfall import Waterfall
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.machine import values
from marketplace.core.models.event import APPEND_ONLY
from marketplace.core.money import Money


class AmendmentQuerySet(QuerySet["Amendment"]):
    def visible_to(self, actor: Actor) -> "AmendmentQuerySet":
        return self.filter(contract__in=Contract.objects.visible_to(actor))

    def standing(self) -> "AmendmentQuerySet":
        """Neither in force nor given up."""
        return self.filter(state__in=values(STANDING_AMENDMENT))


class Amendment(models.Model):
    """A change of a contract that binds: another fee, other days. In force when all who signed the contract have
    signed it, and the money that follows it has moved; not a moment before.

    `canonical` is what is agreed, hashed as canonical JSON: {"contract", "number", "before", "deal", "waterfall",
    "carried", "releases"}, the last two by place of the deliverable, in minor units; {"successor"} where another anchor
    takes over. `settled_minor` is what of the fee had been released or given back when it was written: it is about the
    rest, and fits only while that is the rest.
    """

    public_id = PublicIdField(prefix="amd")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="amendments", verbose_name=_("contract")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    words = models.TextField(_("why"), max_length=1000, blank=True)
    canonical = models.JSONField(_("what was agreed"))
    terms_sha256 = models.CharField(_("hash of the terms"), max_length=64)
    template_version = models.CharField(_("version of the template"), max_length=20)
    settled_minor = models.BigIntegerField(_("settled before, in minor units"))
    # What falls where of the difference of the fee; empty where it stays.
    difference = models.JSONField(_("difference"), default=dict, blank=True)
    state = StateField(default=AmendmentState.SIGNING)
    proposed_by = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now)
    sign_by = models.DateTimeField(_("sign by"))
    fund_by = models.DateTimeField(_("pay by"), null=True, blank=True)
    funded_by = models.CharField(_("paid from"), max_length=40, blank=True)  # a payment's public id, wallet or reserve
    in_force_at = models.DateTimeField(_("in force"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            one_of("state", AmendmentState, name="amendment_state"),
            models.UniqueConstraint(fields=["contract", "number"], name="amendment_number"),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state__in=values(STANDING_AMENDMENT)),
                name="amendment_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.IN_FORCE, in_force_at__isnull=False)
                | ~Q(state=AmendmentState.IN_FORCE) & Q(in_force_at__isnull=True, funded_by=""),
                name="amendment_in_force",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="never_reworded", fields=["contract", "canonical", "terms_sha256", "settled_minor", "difference"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract.number} · {self.number}"

    @property
    def before(self) -> DealTerms:
        return DealTerms.from_json(self.canonical["before"])

    @property
    def deal(self) -> DealTerms:
        return DealTerms.from_json(self.canonical["deal"])

    @property
    def releases(self) -> dict[int, int]:
        """What each deliverable releases from then on, in minor units, by its place."""
        return {int(place): minor for place, minor in self.canonical["releases"].items()}

    @property
    def carried(self) -> dict[int, int]:
        """What each released until then."""
        return {int(place): minor for place, minor in self.canonical["carried"].items()}

    @property
    def fee_rises(self) -> bool:
        return self.deal.fee_minor > self.before.fee_minor

    @property
    def fee_falls(self) -> bool:
        return self.deal.fee_minor < self.before.fee_minor

    @property
    def falls(self) -> Waterfall | None:
        """What falls where of the difference, which is either paid or goes back; None where the fee stays."""
        return Waterfall.from_json(self.difference) if self.difference else None

    @property
    def pays(self) -> Money:
        """What the merchant pays for it; nought unless the fee rises."""
        falls = self.falls
        return falls.money("pays") if falls and self.fee_rises else Money.zero(self.contract.currency)

    @property
    def in_force(self) -> dict[str, Any]:
        return {name: self.canonical[name] for name in ("deal", "waterfall")}


class AmendmentDocument(models.Model):
    """The exact words of an amendment in one language. The governing one is signed, the other is a courtesy."""

    database_rights = APPEND

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="documents")
    language = models.CharField(max_length=10)
    governs = models.BooleanField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["amendment", "language"], name="amendment_text_once_a_language")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.language}"


class AmendmentSignature(SignedByHand):
    """Under an amendment, by whoever signs the contract. Append-only."""

    database_rights = APPEND

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="signatures")

    class Meta:
        verbose_name = _("signature of an amendment")
        verbose_name_plural = _("signatures of amendments")
        constraints = [
            models.UniqueConstraint(fields=["amendment", "capacity"], name="amendment_signature_once"),
            models.CheckConstraint(condition=Q(capacity__in=Capacity.values), name="amendment_signature_capacity"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="amendment_signature_method"),
            models.CheckConstraint(condition=Q(drawn="") | Q(drawn__regex=PATH), name="amendment_signature_drawn"),
        ]
        triggers = APPEND_ONLY
