"""What a file of work is called when it is saved: its own words, our ending. Pure."""

import re
import unicodedata

ENDINGS = {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "application/pdf": "pdf"}
NEVER = re.compile(r'[\\/:*?"<>|]+')
LONGEST = 100


def plain(name: str) -> str:
    """Without folders, control characters and what turns text around; at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    return " ".join(kept.split())[:200]


def saved_as(name: str, mime: str) -> str:
    """`Final cut.MOV` is `Final cut.mov`; a name that leaves nothing is `file`."""
    stem = NEVER.sub("-", plain(name).rsplit(".", 1)[0]).strip(" .-")[:LONGEST]
    ending = ENDINGS.get(mime, "")
    return f"{stem or 'file'}.{ending}" if ending else stem or "file"
