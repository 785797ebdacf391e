"""A document as page and PDF: the same in both languages, the same bytes every time, what people typed literally."""

import hashlib
import time

import pikepdf
import pytest

from marketplace.contracts.documents import canonical, sha256
from marketplace.core import clock
from marketplace.documents.models import Document
from marketplace.documents.pdf import pdf_of
from marketplace.documents.sheets import LANGUAGES, sheet_of

HOSTILE = '#read("/etc/passwd") ] $x$ <script>alert(1)</script> \\ *b* 茶'
ENTITY = {"name": "Mooring Ltd", "address": "1 Quay", "country": "CN", "registration": "R-1", "tax_id": "T-1"}
CONTRACT = {"id": "ctr_1", "number": "MO-ABCDEF", "title": HOSTILE}
FEE_LINE = {
    "release": "rel_1",
    "at": "2026-10-05T10:00:00+00:00",
    "why": "delivered",
    "contract": CONTRACT,
    "about": "Script",
    "gross_minor": 240_000,
    "fee_bp": 500,
    "fee_minor": 12_000,
    "vat_bp": 600,
    "vat_minor": 720,
}
FEE = {"lines": [FEE_LINE], "tax": [{"rate_bp": 600, "source": "Caishui", "base_minor": 12_000, "tax_minor": 720}]}
EARNED = {
    **{name: FEE_LINE[name] for name in ("release", "at", "why", "contract", "about", "gross_minor")},
    "merchant": "Chenyu Tea",
    "agency_minor": 24_000,
    "withheld_minor": 0,
    "net_minor": 216_000,
}
BODIES = {
    "invoice": FEE,
    "credit_note": FEE | {"reason": HOSTILE},
    "receipt": {
        "what": "contract",
        "contract": CONTRACT,
        "gross_minor": 240_000,
        "fee_bp": 500,
        "fee_minor": 12_000,
        "vat_bp": 600,
        "vat_minor": 720,
        "payment": "fnd_1",
        "provider": "test_bank",
        "charge": "chg_1",
        "paid_at": "2026-10-05T10:00:00+00:00",
        "lots": ["lot_1"],
    },
    "statement": {
        "lines": [EARNED],
        "taken_back": [{"reference": "trv_1", "at": EARNED["at"], "about": HOSTILE, "amount_minor": 1_000}],
        "kept": [{"reference": "dst_1", "at": EARNED["at"], "why": "taken_back", "amount_minor": 500}],
        "payouts": [
            {"payout": "pyo_1", "at": EARNED["at"], "last4": "8002", "amount_minor": 200_000},
            {"payout": "pyo_1", "at": EARNED["at"], "last4": "8002", "amount_minor": -200_000},
        ],
    },
}


def document(kind: str) -> Document:
    contents = {
        "layout": "2026-11.1",
        "kind": kind,
        "number": "MO-2026-000123",
        "issued_at": "2026-11-01T03:00:00+00:00",
        "currency": "CNY",
        "net_minor": 12_000,
        "tax_minor": 720,
        "total_minor": 12_720,
        "issuer": ENTITY,
        "party": ENTITY | {"id": "pty_1", "called": HOSTILE, "name": "晨雨茶业有限公司"},
        "month": "" if kind == "receipt" else "2026-10",
        "corrects": {"number": "MO-2026-000100", "issued_at": "2026-10-01T03:00:00+00:00"},
        "body": BODIES[kind],
    }
    return Document(
        kind=kind,
        number=contents["number"],
        contents=contents,
        sha256=sha256(canonical(contents)),
        issued_at=clock.now(),
    )


@pytest.mark.parametrize("kind", BODIES)
def test_the_pdf_is_the_same_bytes_twice_in_each_language_and_quickly(kind, tmp_path):
    found = document(kind)
    seen = set()
    for language in LANGUAGES:
        began = time.perf_counter()
        first = pdf_of(found, language)
        assert time.perf_counter() - began < 3  # a tenth of that on a quiet machine
        assert hashlib.sha256(first).digest() == hashlib.sha256(pdf_of(found, language)).digest()
        seen.add(first)
        (tmp_path / "one.pdf").write_bytes(first)
        with pikepdf.open(tmp_path / "one.pdf") as read:
            assert len(read.pages) == 1
    assert len(seen) == 2


@pytest.mark.parametrize("kind", BODIES)
def test_what_people_typed_is_text_and_nothing_else(kind):
    words = str(sheet_of(document(kind), "en").as_json())
    assert '#read("/etc/passwd") ] $x$ <script>' in words
    # A source that took it for code would not compile: the file that it names stands outside the template's folder.
    assert pdf_of(document(kind), "en").startswith(b"%PDF")
