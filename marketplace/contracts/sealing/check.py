"""Checking a file that anybody may have made: judged by `judge.py` in a process of its own, which is held to little."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from marketplace.contracts.errors import TooManyChecks
from marketplace.media.sniff import is_pdf

PROGRAM = Path(__file__).with_name("judge.py")
READ = ("contract", "text_sha256", "terms_sha256", "sealed_by", "certificate")
PATIENCE = 20.0  # seconds by the wall; the judge itself gives up after fewer of the processor's
AT_ONCE = threading.BoundedSemaphore(2)  # in this process, so that files to check leave it time for pages
QUEUE = 10.0  # seconds


class Verdict(StrEnum):
    SEALED = "sealed"  # by us, and every byte is as it was
    CHANGED = "changed"  # it was ours, and is not as it was
    FOREIGN = "foreign"  # no seal, or somebody else's
    UNREADABLE = "unreadable"  # no PDF, locked, broken, or more than a contract ever is


@dataclass(frozen=True, slots=True)
class Finding:
    """What was read in the file; but for `SEALED` only the file says so, and the seal does not answer for it."""

    verdict: Verdict
    contract: str = ""
    text_sha256: str = ""
    terms_sha256: str = ""
    sealed_by: str = ""
    certificate: str = ""
    sealed_at: datetime | None = None
    timestamped: bool = False


def check(data: bytes, certificates: Sequence[x509.Certificate]) -> Finding:
    """Takes about a second, most of it the start of the process; nothing of `data` is kept. Raises TooManyChecks."""
    if not is_pdf(data):
        return Finding(Verdict.UNREADABLE)
    if not AT_ONCE.acquire(timeout=QUEUE):
        raise TooManyChecks(retry_after=60)
    try:
        found = _judged(data, certificates)
    finally:
        AT_ONCE.release()
    return finding_of(found)


def finding_of(found: dict[str, Any]) -> Finding:
    """What the judge answered."""
    at = found.get("sealed_at")
    return Finding(
        verdict=Verdict(found["verdict"]),
        **{name: found.get(name, "") for name in READ},
        sealed_at=datetime.fromisoformat(at) if at else None,
        timestamped=found.get("timestamped", False),
    )


def _judged(data: bytes, certificates: Sequence[x509.Certificate]) -> dict[str, Any]:
    asked = {"certificates": [one.public_bytes(Encoding.DER).hex() for one in certificates], "bytes": len(data)}
    try:
        answered = subprocess.run(
            [sys.executable, "-I", str(PROGRAM)],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            env={},
            cwd="/",
        )
        return json.loads(answered.stdout)
    except (subprocess.SubprocessError, ValueError):  # out of memory or time: no contract of ours is like that
        return {"verdict": Verdict.UNREADABLE}
