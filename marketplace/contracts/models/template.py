import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import TemplateState
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.machine import values
from marketplace.core.models.event import APPEND_ONLY

# Nothing is published but what was a draft. What was published changes in nothing but that the next version retires it.
FROZEN = """
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'a version of the contract begins as a draft';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'draft' AND NOT (
        OLD.state = 'published' AND NEW.state = 'retired'
        AND to_jsonb(NEW) - 'state' - 'retired_at' = to_jsonb(OLD) - 'state' - 'retired_at'
    ) THEN
        RAISE EXCEPTION 'version % of the contract is % and never changed', OLD.version, OLD.state;
    END IF;
    RETURN NEW;
"""


class ContractTemplateQuerySet(QuerySet["ContractTemplate"]):
    def visible_to(self, actor: Actor) -> "ContractTemplateQuerySet":
        """Compliance reads them; everybody else reads the contracts that are made of them."""
        return self if StaffRole.COMPLIANCE in actor.staff_roles else self.none()


class ContractTemplate(models.Model):
    """A version of the words of contracts. Contracts are drafted from the one that is published.

    `replaces` is the version that was published when this one was begun: it can only follow that one. Whoever edited
    it last does not publish it. `edits` counts its changes: nobody overwrites or publishes what she has not seen.
    """

    public_id = PublicIdField(prefix="tpl")
    version = models.CharField(_("version"), max_length=20, unique=True)
    note = models.CharField(_("what changes, and why"), max_length=300, blank=True)
    state = StateField(default=TemplateState.DRAFT)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("replaces")
    )
    made_at = models.DateTimeField(_("begun"), default=clock.now)
    edits = models.PositiveIntegerField(_("edits"), default=0)
    edited_at = models.DateTimeField(_("last edited"), default=clock.now)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("last edited by"),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = ContractTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the contract")
        verbose_name_plural = _("versions of the contract")
        constraints = [
            one_of("state", TemplateState, name="template_state"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="published"), name="template_one_in_force"),
            models.CheckConstraint(
                condition=Q(state__in=values([TemplateState.DRAFT, TemplateState.DISCARDED]), published_at=None)
                | Q(state__in=values([TemplateState.PUBLISHED, TemplateState.RETIRED]), published_at__isnull=False),
                name="template_published",
            ),
            # The first version has neither: it came with the program.
            models.CheckConstraint(
                condition=Q(published_by=None)
                | Q(edited_by__isnull=False, published_at__isnull=False) & ~Q(published_by=F("edited_by")),
                name="template_two_people",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=FROZEN,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
        ]

    def __str__(self) -> str:
        return self.version

    @property
    def is_draft(self) -> bool:
        return self.state == TemplateState.DRAFT
