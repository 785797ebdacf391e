"""Columns that every app uses, so that they look the same everywhere."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from marketplace.core.ids import LENGTH, new_id
from marketplace.core.machine import values


class PublicIdField(models.CharField):
    """An unguessable prefixed id; what URLs, the API and other programs see."""

    def __init__(self, *, prefix: str, **options) -> None:
        self.prefix = prefix
        super().__init__(max_length=LENGTH + 5, unique=True, editable=False, **_without(options, PublicIdField.fixed))

    fixed = ("max_length", "unique", "editable", "default")

    def get_default(self) -> str:
        return new_id(self.prefix)

    def has_default(self) -> bool:
        return True

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, _without(kwargs, self.fixed) | {"prefix": self.prefix}


class StateField(models.CharField):
    """A machine's state; pair it with `one_of` for the CHECK."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **{"max_length": 32, **options})


class CurrencyField(models.CharField):
    """ISO 4217, three capitals."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **{"max_length": 3, **options})


def one_of(field: str, states: type[StrEnum], *, name: str) -> models.CheckConstraint:
    """The column holds a state of the machine and nothing else."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values(states)}), name=name)


def _without(options: dict, names: tuple[str, ...]) -> dict:
    return {key: value for key, value in options.items() if key not in names}
