"""Putting the platform's seal on a PDF: PAdES, as the certifying signature that allows no change (DocMDP 1)."""

import io

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from marketplace.contracts.sealing.key import Seal

FIELD = "Mooring"
DIGEST = "sha256"
ROOM = 16_384  # bytes for the seal itself, timestamp and chain included


def stamp(pdf: bytes, seal: Seal, *, reason: str, authority: TimeStamper | None = None) -> bytes:
    """The same PDF with the seal appended. `reason` is read back by `judge.py`; with an `authority` it is B-T."""
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        reason=reason,
        name=seal.name,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    signer = PdfSigner(metadata, _signer(seal), timestamper=authority)
    sealed = signer.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=ROOM, in_place=False, output=io.BytesIO()
    )
    return sealed.getvalue()


def _signer(seal: Seal) -> SimpleSigner:
    private = seal.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    above = [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in seal.chain]
    return SimpleSigner(
        signing_cert=x509.Certificate.load(seal.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore.from_certs(above),
    )
