"""The words by which a bank transfer is recognised: short, said over the telephone without doubt, and checked.

31 symbols, without 0, 1, I, L and O. 31 is a prime, so the weighted sum of the last symbol finds every wrong symbol and
every two that changed places. Pure.
"""

import re
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MARK = "MOOR"
BODY = 7
# Whoever copies by hand takes the letter O for the figure 0; only the mark has that letter.
_SPELT = re.compile(rf"M[O0]{{2}}R([{ALPHABET}]{{{BODY + 1}}})")


def new_code() -> str:
    """`MOOR-7K3P-9XQ2`."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(BODY))
    return spelt(body + check(body))


def codes_in(text: str) -> list[str]:
    """Every right code in what a payer wrote: with blanks, in small or full-width letters, with or without hyphens."""
    bare = "".join(one for one in unicodedata.normalize("NFKC", text).upper() if one.isalnum())
    found = (match[1] for match in _SPELT.finditer(bare))
    return list(dict.fromkeys(spelt(one) for one in found if check(one[:BODY]) == one[BODY]))


def check(body: str) -> str:
    total = sum(ALPHABET.index(symbol) * place for place, symbol in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def spelt(symbols: str) -> str:
    return f"{MARK}-{symbols[:4]}-{symbols[4:]}"
