import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.library.clause import Begins, ClauseText
from marketplace.contracts.models.template import ContractTemplate
from marketplace.core.models.event import APPEND_ONLY

# The row of the version is held, so that nobody publishes it while one of its clauses changes.
OF_A_DRAFT = """
    FOR of_version IN
        SELECT version, state FROM contracts_contracttemplate
        WHERE id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.template_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.template_id END
        )
        FOR SHARE
    LOOP
        IF of_version.state <> 'draft' THEN
            RAISE EXCEPTION 'version % of the contract is % and its clauses are never changed',
                of_version.version, of_version.state;
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""
COLUMNS = ("key", "place", "begins", "heading_en", "heading_zh", "only_if", "and_if", "text_en", "text_zh")


class Clause(models.Model):
    """A clause of one version, in both languages. `key` stays the same in every version that it is copied to."""

    template = models.ForeignKey(ContractTemplate, on_delete=models.PROTECT, related_name="clauses")
    key = models.CharField(_("name in all versions"), max_length=40)
    place = models.PositiveIntegerField(_("place"))
    begins = models.CharField(_("follows"), max_length=10, choices=Begins.choices, default=Begins.LINE)
    heading_en = models.CharField(_("heading, English"), max_length=80, blank=True)
    heading_zh = models.CharField(_("heading, Chinese"), max_length=20, blank=True)
    only_if = models.CharField(_("only if"), max_length=40, blank=True)
    and_if = models.CharField(_("and if"), max_length=40, blank=True)
    text_en = models.TextField(_("text, English"), max_length=4000, blank=True)
    text_zh = models.TextField(_("text, Chinese"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="clause_key"),
            models.UniqueConstraint(fields=["template", "place"], name="clause_place"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="of_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("of_version", "RECORD")],
                func=OF_A_DRAFT,
            ),
            APPEND_ONLY[1],
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.key}"

    @classmethod
    def of(cls, template: ContractTemplate, text: ClauseText) -> "Clause":
        return cls(template=template, **{name: getattr(text, name) for name in COLUMNS})

    def as_text(self) -> ClauseText:
        return ClauseText(**{name: getattr(self, name) for name in COLUMNS})
