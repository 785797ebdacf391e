"""The shape of an event; pure, so that every app's `events.py` is."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

REGISTRY: dict[str, type["DomainEvent"]] = {}


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """Subclasses are frozen dataclasses in the past tense with a dotted `name`; fields hold JSON values only.

    `aggregate` is the public id of what it happened to. Personal data and secrets do not belong in an event: it is
    kept for ever.
    """

    name: ClassVar[str] = ""
    handled: ClassVar[bool] = True  # False declares that nothing reacts to it; a test holds both to their word
    aggregate: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.name:
            known = REGISTRY.setdefault(cls.name, cls)
            if known is not cls and known.__qualname__ != cls.__qualname__:
                raise TypeError(f"two events are called {cls.name}")

    def data(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "aggregate"}
