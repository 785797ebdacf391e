"""The platform's seal: a private key, its certificate and those above it, from PEM files or one PKCS#12 file."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12
from cryptography.x509.oid import NameOID

# In the subject's unit of what `manage.py up` makes for itself; production refuses to start with it.
DEVELOPMENT = "For development: seals nothing"
PKCS12 = {".p12", ".pfx"}
Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class SealUnusable(Exception):
    """There is no seal to seal with now. `why`: missing, unreadable, mismatched, early or expired."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Seal:
    private: Private = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def name(self) -> str:
        return name_of(self.certificate)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.certificate)

    @property
    def is_for_development(self) -> bool:
        units = self.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
        return any(unit.value == DEVELOPMENT for unit in units)

    @property
    def expires_at(self) -> datetime:
        return self.certificate.not_valid_after_utc

    def hold_to(self, now: datetime) -> None:
        """Raises SealUnusable when it may not seal at this moment."""
        if now < self.certificate.not_valid_before_utc:
            raise SealUnusable("early")
        if now >= self.expires_at:
            raise SealUnusable("expired")


def read_seal(key: str, certificates: str = "", password: str = "") -> Seal:
    """From the files that these name: a PKCS#12 file in `key`, or a PEM key there and PEM certificates in
    `certificates`, that of the key first. Raises SealUnusable: missing, unreadable, mismatched."""
    if not key or (Path(key).suffix not in PKCS12 and not certificates):
        raise SealUnusable("missing")
    try:
        stamps = tuple(Path(file).stat().st_mtime_ns for file in (key, certificates) if file)
    except OSError:
        raise SealUnusable("missing") from None
    return _read(key, certificates, password, stamps)


def read_certificates(files: list[str]) -> list[x509.Certificate]:
    """All certificates of PEM files. Raises SealUnusable: unreadable."""
    try:
        return [one for file in files for one in x509.load_pem_x509_certificates(Path(file).read_bytes())]
    except (OSError, ValueError):
        raise SealUnusable("unreadable") from None


def name_of(certificate: x509.Certificate) -> str:
    """The subject as a person reads it: its name, and its organisation if that says something else."""
    subject = certificate.subject
    parts = [
        str(one.value)
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for one in subject.get_attributes_for_oid(oid)
    ]
    return ", ".join(dict.fromkeys(parts)) or subject.rfc4514_string()


def fingerprint_of(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex()


@lru_cache(maxsize=4)  # a file that is replaced has another stamp
def _read(key: str, certificates: str, password: str, stamps: tuple[int, ...]) -> Seal:
    secret = password.encode() or None
    try:
        if Path(key).suffix in PKCS12:
            private, first, above = pkcs12.load_key_and_certificates(Path(key).read_bytes(), secret)
            found = [one for one in (first, *above) if one is not None]
        else:
            private = serialization.load_pem_private_key(Path(key).read_bytes(), secret)
            found = x509.load_pem_x509_certificates(Path(certificates).read_bytes())
    except (OSError, ValueError, TypeError):
        raise SealUnusable("unreadable") from None
    if not isinstance(private, Private) or not found:
        raise SealUnusable("unreadable")
    if _public(private.public_key()) != _public(found[0].public_key()):
        raise SealUnusable("mismatched")
    return Seal(private, found[0], tuple(found[1:]))


def _public(key: object) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
