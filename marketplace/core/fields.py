"""Columns that every app uses, so that they look the same everywhere.

What people call them is a matter of words and no part of a migration.
"""

from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.ids import LENGTH, new_id
from marketplace.core.machine import values


class PublicIdField(models.CharField):
    """An unguessable prefixed id; what URLs, the API and other programs see."""

    def __init__(self, *, prefix: str, **options) -> None:
        self.prefix = prefix
        given = {"verbose_name": _("public id")} | _without(options, PublicIdField.fixed)
        super().__init__(max_length=LENGTH + 5, unique=True, editable=False, **given)

    fixed = ("max_length", "unique", "editable", "default")

    def get_default(self) -> str:
        return new_id(self.prefix)

    def has_default(self) -> bool:
        return True

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, _without(kwargs, (*self.fixed, "verbose_name")) | {"prefix": self.prefix}


class StateField(models.CharField):
    """A machine's state; pair it with `one_of` for the CHECK."""

    def __init__(self, **options) -> None:
        super().__init__(**{"verbose_name": _("state"), "max_length": 32, **options})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, _without(kwargs, ("verbose_name",))


class CurrencyField(models.CharField):
    """ISO 4217, three capitals."""

    def __init__(self, **options) -> None:
        super().__init__(**{"verbose_name": _("currency"), "max_length": 3, **options})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, _without(kwargs, ("verbose_name",))


def one_of(field: str, states: type[StrEnum], *, name: str) -> models.CheckConstraint:
    """The column holds a state of the machine and nothing else."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values(states)}), name=name)


def _without(options: dict, names: tuple[str, ...]) -> dict:
    return {key: value for key, value in options.items() if key not in names}
