"""Numbers of bank accounts as people write them. Pure."""

import unicodedata

SHORTEST, LONGEST = 8, 34
UNION_PAY = "62"
CARD_DIGITS = range(16, 20)


def plain_number(text: str) -> str | None:
    """Without blanks and hyphens; None for what is no number of an account. A card's has to satisfy its last digit
    (ISO/IEC 7812, the scheme of UnionPay's 62…); a firm's account at a bank has no such rule."""
    bare = "".join(one for one in unicodedata.normalize("NFKC", text) if one not in " -\u2013\u00a0")
    if not SHORTEST <= len(bare) <= LONGEST or not bare.isascii() or not bare.isdigit():
        return None
    is_card = bare.startswith(UNION_PAY) and len(bare) in CARD_DIGITS
    return None if is_card and not _luhn(bare) else bare


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
