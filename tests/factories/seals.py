"""A seal to seal contracts with, made for the moment, and contracts sealed by it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificate
from django.test import override_settings

from marketplace.contracts.documents import sha256_of_bytes
from marketplace.contracts.models import Contract, SealedContract
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.stack.seal import make_seal

SEALER = Actor.system("seal")


@contextmanager
def sealing(*, ago: timedelta = timedelta(0), days: int = 30, **more: object) -> Iterator[Path]:
    """In here contracts are sealed: the key is made now (or so long `ago`), for so many days. Gives its folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key, certificate = make_seal(clock.now() - ago, days=days, unit="Tests")
        (folder / "key.pem").write_bytes(key)
        (folder / "certificate.pem").write_bytes(certificate)
        files = {"CONTRACT_SEAL_KEY": str(folder / "key.pem"), "CONTRACT_SEAL_CERT": str(folder / "certificate.pem")}
        with override_settings(**files, **more):
            yield folder


def certificate_in(folder: Path):
    return load_pem_x509_certificate((folder / "certificate.pem").read_bytes())


def sealed_as_it_stands(contract: Contract, content: bytes = b"%PDF-1.7\nnot typeset\n%%EOF\n") -> SealedContract:
    """The row alone: nothing was typeset or sealed."""
    row = SealedContract(
        contract=contract,
        content=content,
        sha256=sha256_of_bytes(content),
        size_bytes=len(content),
        profile="B-B",
        sealed_by="Nobody",
        certificate_sha256="0" * 64,
        sealed_at=clock.now(),
    )
    SealedContract.objects.bulk_create([row], ignore_conflicts=True)  # a running worker may be quicker
    return contract.sealed
