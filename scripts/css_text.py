"""CSS as text: without comments and blanks, as blocks, as lists of selectors. Enough for stylesheets that are known."""

import re
from collections.abc import Iterator

SKIP = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|/\*.*?\*/", re.DOTALL)


def tighten(css: str) -> str:
    """Drop comments and needless blanks outside strings."""
    parts: list[str] = []
    end = 0
    for match in SKIP.finditer(css):
        parts.append(_squeeze(css[end : match.start()]))
        if not match[0].startswith("/*"):
            parts.append(match[0])
        end = match.end()
    parts.append(_squeeze(css[end:]))
    return "".join(parts).strip()


def _squeeze(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,]) ?", r"\1", text)
    return re.sub(r": ", ":", text).replace(";}", "}")


def blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """Split into (prelude, body); a statement without a block has body None."""
    start = position = depth = opened = 0
    while position < len(css):
        character = css[position]
        if character in "\"'":
            skipped = SKIP.match(css, position)
            position = skipped.end() if skipped else position + 1
            continue
        if character == "(":
            # A data: URL without quotes may hold anything but a closing bracket.
            position = (
                css.index(")", position) + 1
                if css[position - 3 : position] == "url" and css[position + 1] not in "\"'"
                else position + 1
            )
            continue
        if character == "{":
            if depth == 0:
                opened = position
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : position]
                start = position + 1
        elif character == ";" and depth == 0:
            yield css[start : position + 1], None
            start = position + 1
        position += 1


def selectors(prelude: str) -> list[str]:
    """Split a selector list at its own commas, not at those inside brackets."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(prelude):
        depth += character in "(["
        depth -= character in ")]"
        if character == "," and depth == 0:
            parts.append(prelude[start:position])
            start = position + 1
    return [*parts, prelude[start:]]
