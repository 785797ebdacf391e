"""The seal of development: made once beside the data, self-signed, and saying in its name that it seals nothing."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from marketplace.contracts.sealing.key import DEVELOPMENT
from marketplace.core import clock

FOLDER, KEY, CERTIFICATE = "contract-seal", "key.pem", "certificate.pem"
YEARS = 10


def make_once(var: Path) -> None:
    """The certificate comes last: with it the seal is whole, without it the next start makes it anew."""
    folder = var / FOLDER
    if (folder / CERTIFICATE).exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, certificate = make_seal(clock.now())
    _write(folder / KEY, key)
    _write(folder / CERTIFICATE, certificate)


def make_seal(since: datetime, *, days: int = 365 * YEARS, unit: str = DEVELOPMENT) -> tuple[bytes, bytes]:
    """A new key and its certificate, signed by itself, in PEM."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "Mooring development seal"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Mooring Development (not a company)"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since - timedelta(minutes=5))
        .not_valid_after(since + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key = private.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key, certificate.public_bytes(pem)


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all, and readable by nobody else from its first byte."""
    half = file.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(data)
    half.replace(file)
