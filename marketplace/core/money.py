"""Money: an integer of minor units and a currency. No floats, no implied conversion."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Self

# ISO 4217 minor units where they are not 2 (Babel's CLDR would round some by cash custom, which is not the same).
EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV"), 0),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
MINUS = "\N{MINUS SIGN}"


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies met; nothing converts by itself."""


def exponent(currency: str) -> int:
    """Digits after the point of `currency` (JPY 0, CNY 2, KWD 3)."""
    return EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`amount_minor` minor units of `currency` (ISO 4217, upper case)."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount_minor, int) or isinstance(self.amount_minor, bool):
            raise TypeError("money is an integer of minor units")
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            raise ValueError(f"not a currency: {self.currency!r}")

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read what a person typed: `1,234.50`, full-width digits too. Raises ValueError when it is not exact."""
        cleaned = text.strip().replace(",", "").replace("，", "").replace(" ", "").replace("\u00a0", "")
        try:
            value = Decimal(cleaned)
        except InvalidOperation:
            raise ValueError("not a number") from None
        if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
            raise ValueError("out of range")
        scaled = value.scaleb(exponent(currency))
        if scaled != scaled.to_integral_value():
            raise ValueError("too many decimals")
        return cls(int(scaled), currency)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.amount_minor).scaleb(-exponent(self.currency))

    def __add__(self, other: Self) -> Self:
        return type(self)(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.amount_minor - self._same(other), self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.amount_minor, self.currency)

    def __lt__(self, other: Self) -> bool:
        return self.amount_minor < self._same(other)

    def __le__(self, other: Self) -> bool:
        return self.amount_minor <= self._same(other)

    def __gt__(self, other: Self) -> bool:
        return self.amount_minor > self._same(other)

    def __ge__(self, other: Self) -> bool:
        return self.amount_minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def share(self, rate: Decimal) -> Self:
        """A rate of this amount, half to even on the minor unit."""
        exact = Decimal(self.amount_minor) * rate
        return type(self)(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)), self.currency)

    def split(self, weights: Sequence[int]) -> list[Self]:
        """Parts in proportion to `weights` that always sum to the whole (largest remainder, ties to the first)."""
        return [type(self)(part, self.currency) for part in split_minor(self.amount_minor, weights)]

    @property
    def figure(self) -> str:
        """The number alone, with thousands and every minor digit: `12,600.00`; minus is U+2212."""
        digits = exponent(self.currency)
        text = f"{abs(self.decimal):,.{digits}f}"
        return f"{MINUS}{text}" if self.amount_minor < 0 else text

    def __str__(self) -> str:
        return f"{self.currency} {self.figure}"

    def _same(self, other: Self) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} met {other.currency}")
        return other.amount_minor


def split_minor(amount_minor: int, weights: Sequence[int]) -> list[int]:
    """Largest-remainder split of an integer. Raises ValueError for no, negative or all-zero weights."""
    total = sum(weights)
    if not weights or min(weights) < 0 or total == 0:
        raise ValueError("weights must be non-negative and not all zero")
    sign = -1 if amount_minor < 0 else 1
    size = abs(amount_minor)
    parts = [size * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % total), i))
    for index in by_remainder[: size - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]
