"""Join the icons in use into one sprite, `static/img/icons.svg`.

An icon is in use when a template or a Python file names it: `<c-icon name="check" />` or `icon="check"`. Names are
written out, never computed, so that this search and its test can be trusted. Icons that the sprite already has are kept
as they are; a new one is taken from the pinned npm package, so `npm` is needed only when an icon is added.
"""

import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPRITE = ROOT / "static" / "img" / "icons.svg"
LICENCE = ROOT / "static" / "vendor" / "tabler-icons.LICENSE"
PACKAGE = "@tabler/icons@3.51.0"

NAME = r"[a-z0-9][a-z0-9-]*"
IN_ICON = re.compile(rf"<c-icon\b[^>]*?\sname=\"({NAME})\"")
IN_ATTRIBUTE = re.compile(rf"\bicon=\"({NAME})\"")
IN_MAPPING = re.compile(rf"\"icon\": \"({NAME})\"")
SYMBOL = re.compile(r"<symbol id=\"([^\"]+)\".*?</symbol>", re.DOTALL)

LINE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
# The places of money. Each reads in greyscale and in print: open, half, walled, barred, dashed, solid.
GLYPHS = {
    "g-wallet": f'<circle cx="12" cy="12" r="8" {LINE} stroke-width="2"/>',
    "g-held": (
        '<circle cx="12" cy="12" r="4.2" fill="currentColor" stroke="none"/>'
        f'<path d="M8 3.6a9.3 9.3 0 0 0 0 16.8M16 3.6a9.3 9.3 0 0 1 0 16.8" {LINE} stroke-width="2.2"/>'
    ),
    "g-released": (
        f'<circle cx="12" cy="12" r="8" {LINE} stroke-width="2"/>'
        '<path d="M12 4a8 8 0 0 1 0 16Z" fill="currentColor" stroke="none"/>'
    ),
    "g-hold": (
        f'<rect x="3.5" y="3.5" width="17" height="17" rx="4" {LINE} stroke-width="2"/>'
        f'<path d="M9.6 8.5v7M14.4 8.5v7" {LINE} stroke-width="2.2"/>'
    ),
    "g-transit": (
        f'<circle cx="12" cy="12" r="8.6" {LINE} stroke-width="2" stroke-dasharray="3.1 2.3"/>'
        f'<path d="m10.4 8.4 3.6 3.6-3.6 3.6" {LINE} stroke-width="2.2"/>'
    ),
    "g-paid": (
        '<circle cx="12" cy="12" r="9" fill="currentColor" stroke="none"/>'
        '<path d="m8 12.2 2.8 2.8L16 9.6" fill="none" stroke="var(--surface)" stroke-width="2.2" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    ),
    "g-fee": (
        f'<path d="M6 4v5a5 5 0 0 0 5 5h7" {LINE} stroke-width="2"/>'
        f'<path d="m15 10.5 3.5 3.5-3.5 3.5" {LINE} stroke-width="2"/>'
    ),
    "g-back": (
        f'<path d="M18 20v-5a5 5 0 0 0-5-5H6" {LINE} stroke-width="2"/>'
        f'<path d="m9 13.5-3.5-3.5L9 6.5" {LINE} stroke-width="2"/>'
    ),
}


def sources() -> list[Path]:
    """Files that may name an icon."""
    python = [
        path
        for app in ("marketplace", "brands", "creators", "supply")
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    ]
    return sorted([*(ROOT / "templates").rglob("*.html"), *python])


def in_use() -> set[str]:
    """The ids of all icons that a page can show."""
    found = set(GLYPHS)
    for path in sources():
        text = path.read_text()
        if path.suffix == ".html":
            found.update(IN_ICON.findall(text))
        found.update(IN_ATTRIBUTE.findall(text))
        found.update(IN_MAPPING.findall(text))
    return found


def present() -> dict[str, str]:
    """The symbols of the sprite as it is."""
    text = SPRITE.read_text() if SPRITE.exists() else ""
    return {match[1]: match[0] for match in SYMBOL.finditer(text)}


def fetch(names: set[str]) -> dict[str, str]:
    """Take outline icons from the package, less what Tabler adds for its own preview."""
    symbols = {}
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(Path(folder) / packed.stdout.strip().splitlines()[-1]) as tar:
            licence = tar.extractfile("package/LICENSE")
            LICENCE.write_bytes(licence.read() if licence else b"")
            for name in sorted(names):
                stream = tar.extractfile(f"package/icons/outline/{name}.svg")
                svg = stream.read().decode() if stream else ""
                inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", svg, flags=re.DOTALL)
                inner = re.sub(r"<path stroke=\"none\" d=\"M0 0h24v24H0z\"[^>]*/>", "", inner)
                inner = re.sub(r"\s+/>", "/>", re.sub(r"\s*\n\s*", "", inner))
                symbols[name] = f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'
    return symbols


def build() -> str:
    known = present()
    wanted = in_use()
    missing = wanted - set(known) - set(GLYPHS)
    if missing:
        known |= fetch(missing)
    known |= {name: f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>' for name, drawing in GLYPHS.items()}
    symbols = "\n".join(known[name] for name in sorted(wanted))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


if __name__ == "__main__":
    SPRITE.write_text(build())
    print(f"{len(present())} icons in {SPRITE.relative_to(ROOT)}")
