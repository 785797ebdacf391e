"""The seal that this installation is set up with, and every certificate that it ever sealed with."""

from cryptography import x509
from django.conf import settings

from marketplace.contracts.sealing.key import Seal, SealUnusable, read_certificates, read_seal


def our_seal() -> Seal:
    """Raises SealUnusable."""
    return read_seal(settings.CONTRACT_SEAL_KEY, settings.CONTRACT_SEAL_CERT, settings.CONTRACT_SEAL_KEY_PASSWORD)


def is_configured() -> bool:
    """Where there is none at all (a shell beside no stack, most tests), contracts wait without a word."""
    return bool(settings.CONTRACT_SEAL_KEY)


def our_certificates() -> list[x509.Certificate]:
    """That of today, if there is one, and those before it: what was sealed with any of them is ours."""
    try:
        today = [our_seal().certificate]
    except SealUnusable:
        today = []
    return [*today, *read_certificates(settings.CONTRACT_SEAL_PREVIOUS)]
