import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """The numbers of one kind of document, issuer and year: 1, 2, 3 and so on, none left out.

    The next number is written in the transaction that issues the document: one that is rolled back leaves no gap.
    """

    issuer = models.CharField(_("issuer"), max_length=80)  # the platform's registration, or a payee's public id
    kind = models.CharField(_("kind"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "kind", "year"], name="series_once"),
            models.CheckConstraint(condition=Q(year__gte=2000), name="series_year"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="one_after_the_other",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.last <> OLD.last + 1
                       OR (NEW.id, NEW.issuer, NEW.kind, NEW.year)
                       IS DISTINCT FROM (OLD.id, OLD.issuer, OLD.kind, OLD.year)
                    THEN RAISE EXCEPTION 'the number after % is %', OLD.last, OLD.last + 1;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
