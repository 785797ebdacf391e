"""Judges a PDF that anybody may have made: sealed by one of these certificates, and unaltered since?

Runs by itself, as a program (`python judge.py < request`): it imports nothing of ours, so that a hostile file meets a
process without a database or a secret, with little memory and little time. One line of JSON in (`certificates`
in hexadecimal DER, `bytes`: how many follow), then the file; one line of JSON out.
"""

import contextlib
import hashlib
import io
import json
import logging
import re
import resource
import sys
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

MEMORY = 768 * 2**20  # bytes of address space
SECONDS = 15  # of the processor
MOST_OBJECTS = 20_000
MOST_PAGES = 200
MOST_SIGNATURES = 8
RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
CONTRACT = re.compile(r"\b(ctr_[0-9A-Za-z]{8,40})\b")
DOCUMENT = re.compile(r"text SHA-256 ([0-9a-f]{64})")
TERMS = re.compile(r"terms SHA-256 ([0-9a-f]{64})")


def judge(data: bytes, certificates: list[bytes]) -> dict[str, Any]:
    """`verdict`: sealed, changed (it was ours, and is not as it was), foreign (none of our seals), unreadable.

    What else is there was read in the file: `contract`, `text_sha256`, `terms_sha256`, `sealed_by`, `sealed_at`,
    `certificate`; only for `sealed` does the seal answer for it.
    """
    if not data.startswith(b"%PDF-"):
        return {"verdict": "unreadable", "why": "not_a_pdf"}
    ours = {hashlib.sha256(one).hexdigest() for one in certificates}
    try:
        return _judged(data, ours)
    except MemoryError:
        raise
    except Exception:  # hostile structure may break in any way
        return {"verdict": "changed" if _bears(data, certificates) else "unreadable", "why": "damaged"}


def _judged(data: bytes, ours: set[str]) -> dict[str, Any]:
    reader = PdfFileReader(io.BytesIO(data), strict=True)
    if reader.encrypted:
        return {"verdict": "unreadable", "why": "locked"}
    if len(data.split(b" obj", MOST_OBJECTS + 1)) > MOST_OBJECTS or int(reader.root["/Pages"]["/Count"]) > MOST_PAGES:
        return {"verdict": "unreadable", "why": "too_large"}
    signatures = reader.embedded_signatures
    if len(signatures) > MOST_SIGNATURES:
        return {"verdict": "unreadable", "why": "too_large"}
    for signature in signatures:
        certificate = hashlib.sha256(signature.signer_cert.dump()).hexdigest()
        if certificate in ours:
            whole = len(signatures) == 1 and _is_whole(data, signature)
            return _read(signature, certificate) | {"verdict": "sealed" if whole else "changed"}
    return {"verdict": "foreign", "why": "other_seals" if signatures else "no_seal"}


def _is_whole(data: bytes, signature: Any) -> bool:
    """The signature holds, over every byte of the file but its own, and nobody may change anything (DocMDP 1)."""
    signature.compute_integrity_info()
    if signature.coverage != SignatureCoverageLevel.ENTIRE_FILE or not _holds(signature):
        return False
    return signature.docmdp_level == MDPPerm.NO_CHANGES and _ranges_leave_the_seal_only(data, signature)


def _holds(signature: Any) -> bool:
    info, digest = signature.signer_info, signature.compute_digest()
    if not all(validate_sig_integrity(info, signature.signer_cert, "data", digest)):
        return False
    return all(_is_time_of(token, info["signature"].native) for token in _tokens(info))


def _tokens(info: cms.SignerInfo) -> list[cms.ContentInfo]:
    attributes = {one["type"].native: one["values"] for one in info["unsigned_attrs"] or ()}
    return list(attributes.get("signature_time_stamp_token", ()))


def _is_time_of(token: cms.ContentInfo, signature: bytes) -> bool:
    """Whether it is about this signature, and whole. Whose time it is, other readers judge."""
    signed = token["content"]
    content = signed["encap_content_info"]["content"]
    imprint, info = content.parsed["message_imprint"], extract_signer_info(signed)
    if imprint["hashed_message"].native != _digest(imprint["hash_algorithm"], signature):
        return False
    digest = _digest(info["digest_algorithm"], bytes(content))
    return all(validate_sig_integrity(info, extract_certificate_info(signed).signer_cert, "tst_info", digest))


def _digest(algorithm: Any, data: bytes) -> bytes:
    return hashlib.new(algorithm["algorithm"].native, data).digest()


def _ranges_leave_the_seal_only(data: bytes, signature: Any) -> bool:
    """What the seal does not cover is itself, written in one way: no room for anything else, not even zeros."""
    start, length, resumes, rest = (int(one) for one in signature.byte_range)
    gap = data[start + length : resumes]
    seal = cms.ContentInfo.load(signature.pkcs7_content)
    if not _is_plain(seal):
        return False
    written = b"<" + seal.dump().hex().upper().encode().ljust(len(gap) - 2, b"0") + b">"
    return start == 0 and resumes + rest == len(data) and gap == written


def _is_plain(seal: cms.ContentInfo) -> bool:
    """As we write it: what the signature itself does not cover says one thing only, in one way."""
    signed = seal["content"]
    [signer] = signed["signer_infos"]
    algorithms = [one["algorithm"].native for one in signed["digest_algorithms"]]
    return (
        (signed["version"].native, signer["version"].native) == ("v1", "v1")
        and algorithms == [signer["digest_algorithm"]["algorithm"].native]
        and not signed["crls"]
        and {one["type"].native for one in signer["unsigned_attrs"] or ()} <= {"signature_time_stamp_token"}
        and cms.ContentInfo.load(seal.dump()).dump(force=True) == seal.dump()
    )


def _read(signature: Any, certificate: str) -> dict[str, Any]:
    reason = str(signature.sig_object.get("/Reason", ""))[:1_000]
    at = signature.self_reported_timestamp
    return {
        "certificate": certificate,
        "sealed_by": _name(signature.signer_cert.subject.native),
        "sealed_at": at.isoformat() if at else "",
        "timestamped": bool(_tokens(signature.signer_info)),
        **{
            name: found[1] if (found := pattern.search(reason)) else ""
            for name, pattern in (("contract", CONTRACT), ("text_sha256", DOCUMENT), ("terms_sha256", TERMS))
        },
    }


def _name(subject: dict[str, Any]) -> str:
    parts = [str(subject.get(name, "")) for name in ("common_name", "organization_name")]
    return ", ".join(part for part in parts if part)[:300]


def _bears(data: bytes, certificates: list[bytes]) -> bool:
    """Whether one of our certificates stands in a file that is too broken to be read."""
    return bool(RANGE.search(data)) and any(one.hex().encode() in data.lower() for one in certificates)


def hold_back() -> None:
    """Little memory, little time, no file longer than nothing."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError):  # it is held to less already
            resource.setrlimit(what, (most, most))


def main() -> None:
    hold_back()
    logging.disable(logging.CRITICAL)
    asked = json.loads(sys.stdin.buffer.readline(2**20))
    data = sys.stdin.buffer.read(asked["bytes"])
    found = judge(data, [bytes.fromhex(one) for one in asked["certificates"]])
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
