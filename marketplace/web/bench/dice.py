"""Choices that look like chance, a few hundred thousand a second, and fall the same way every time."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

from marketplace.core.ids import BYTES, spelt

T = TypeVar("T")


def public_id(prefix: str, number: int) -> str:
    """The public id of row `number` of the kind that `prefix` names."""
    return spelt(prefix, blake2b(f"{prefix}/{number}".encode(), digest_size=BYTES).digest())


class Dice:
    """The choices of one row: 512 bits of its own, whoever was drawn before it. Each throw uses some of them up."""

    def __init__(self, kind: str, number: int) -> None:
        self.left = int.from_bytes(blake2b(f"{kind}/{number}".encode()).digest())

    def below(self, sides: int) -> int:
        """0 … sides - 1."""
        self.left, fallen = divmod(self.left, sides)
        return fallen

    def pick(self, values: Sequence[T]) -> T:
        return values[self.below(len(values))]

    def some(self, values: Sequence[T], most: int) -> list[T]:
        """One to `most` of them, in their order."""
        drawn = {self.below(len(values)) for _ in range(1 + self.below(most))}
        return [values[place] for place in sorted(drawn)]
