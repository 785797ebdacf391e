"""Numbers of accounts: kept sealed, compared by a fingerprint, shown by their last digits."""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str) -> str:
    """With the first key of `BANK_RAIL_KEYS`; the others still open."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    return _box().decrypt(sealed.encode()).decode()


def seal_bytes(content: bytes) -> str:
    return _box().encrypt(content).decode()


def unseal_bytes(sealed: str) -> bytes:
    return _box().decrypt(sealed.encode())


def fingerprint(number: str) -> str:
    """The same for the same number, and nothing to guess it by."""
    return salted_hmac("bank_rail.account", number, algorithm="sha256").hexdigest()


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.BANK_RAIL_KEYS])
