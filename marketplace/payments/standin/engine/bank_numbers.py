"""Numbers of bank accounts, checked before anything is kept: an IBAN by its remainder, a card by its last digit."""

import hmac
import re
from hashlib import sha256

from django.conf import settings

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_CARD = re.compile(r"\d{12,19}")


def tidy(typed: str) -> str:
    """Without the blanks and dashes that people group digits with."""
    return re.sub(r"[\s\-]", "", typed).upper()


def is_valid(number: str) -> bool:
    """Whether a tidy number can be an account's: ISO 13616 for an IBAN, ISO 7812 for a bank card."""
    if _IBAN.fullmatch(number):
        return _remainder(number) == 1
    return bool(number.isascii() and _CARD.fullmatch(number)) and _luhn(number)


def fingerprint(number: str) -> str:
    """The same for the same number, and no way back to it."""
    return hmac.new(settings.SECRET_KEY.encode(), number.encode(), sha256).hexdigest()


def _remainder(number: str) -> int:
    turned = number[4:] + number[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
