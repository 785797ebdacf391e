"""Choices that look like chance and fall the same way every time."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def number(below: int, *seed: object) -> int:
    """0 … below - 1."""
    return int.from_bytes(sha256("/".join(map(str, seed)).encode()).digest()[:8]) % below


def pick(values: Sequence[T], *seed: object) -> T:
    return values[number(len(values), *seed)]


def some(values: Sequence[T], count: int, *seed: object) -> list[T]:
    """`count` different ones, in an order of their own."""
    ranked = sorted(range(len(values)), key=lambda place: number(2**60, *seed, place))
    return [values[place] for place in ranked[:count]]
