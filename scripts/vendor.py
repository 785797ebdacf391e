"""Fetch the prebuilt assets that Mooring serves itself, each pinned to a version and a digest.

`python scripts/vendor.py` packs each npm package (`npm pack`; nothing is installed or run), takes out the files named
here and writes `static/vendor/VENDOR.md`. The program never needs npm: what this writes is committed.
"""

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"

TABLER_LICENCE = """The MIT License (MIT)

Copyright (c) 2018-2026 The Tabler Authors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def without_source_map(text: bytes) -> bytes:
    """The map is not shipped, and a manifest storage fails on a reference to a file that is not there."""
    return re.sub(rb"\n?/\*# sourceMappingURL=[^*]*\*/\s*$|\n?//# sourceMappingURL=\S+\s*$", b"\n", text)


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    licence: str
    # path in the package (a folder ends in /) -> path below the target folder
    files: dict[str, str]
    changed: str = "nothing"
    target: str = ""
    licence_text: str = ""
    edit: Callable[[bytes], bytes] | None = field(default=None)

    @property
    def folder(self) -> Path:
        if self.target:
            return ROOT / self.target
        return (
            VENDOR / f"{self.name.split('/', 1)[-1] if self.name != '@tabler/core' else 'tabler-core'}-{self.version}"
        )


PACKAGES = (
    Package(
        "@tabler/core",
        "1.6.1",
        "MIT",
        {"dist/css/tabler.min.css": "tabler.min.css"},
        "the reference to its source map is cut; `scripts/build_css.py` wraps it in `@layer tabler`",
        licence_text=TABLER_LICENCE,
        edit=without_source_map,
    ),
    Package("htmx.org", "2.0.11", "0BSD", {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE"}),
    Package(
        "@fontsource-variable/noto-sans-sc",
        "5.3.1",
        "OFL-1.1",
        {"wght.css": "noto-sans-sc.css", "files/": "files/", "LICENSE": "LICENSE"},
    ),
    Package(
        "axe-core",
        "4.14.1",
        "MPL-2.0",
        {"axe.min.js": "axe.min.js", "LICENSE": "axe.LICENSE"},
        "nothing; a tool of the tests, never served",
        target="tests/support",
    ),
)

# Files that are ours or were cut by hand: described here so that the manifest is whole.
KEPT = (
    (
        "static/fonts/mooring-sans.woff2",
        "Instrument Sans, npm @fontsource-variable/instrument-sans, OFL-1.1 (`static/fonts/OFL-instrument-sans.txt`)",
        "cut to Latin with its tabular figures, named Mooring Sans",
    ),
    (
        "static/img/icons.svg",
        "Tabler Icons, npm @tabler/icons 3.51.0, MIT (`static/vendor/tabler-icons.LICENSE`)",
        "only the icons in use, joined by `scripts/build_icons.py` with our own money glyphs (`g-…`)",
    ),
)
PICTURES = """\
Pictures in `static/img/`: objects are Fluent Emoji 3D, © Microsoft, MIT (npm @lobehub/fluent-emoji-3d 1.1.0), scaled to
WebP; people (`p-…`) are DiceBear “notionists” by Zoish, CC0 1.0 (npm @dicebear/collection 9.4.3), rendered to WebP; the
mark, the scenes and the brand glyphs were drawn for Mooring.
"""


def pack(name: str, version: str, into: Path) -> Path:
    result = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"], cwd=into, check=True, capture_output=True, text=True
    )
    return into / result.stdout.strip().splitlines()[-1]


def take(package: Package, archive: Path) -> None:
    """Copy the named files of one package; a vendored folder is replaced as a whole."""
    if not package.target:
        shutil.rmtree(package.folder, ignore_errors=True)
    package.folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            inner = member.name.removeprefix("package/")
            for source, target in package.files.items():
                if inner == source or (source.endswith("/") and inner.startswith(source) and inner.endswith(".woff2")):
                    path = package.folder / (target + inner.removeprefix(source) if source.endswith("/") else target)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    stream = tar.extractfile(member)
                    data = stream.read() if stream else b""
                    path.write_bytes(package.edit(data) if package.edit else data)
    if package.licence_text:
        (package.folder / "LICENSE").write_text(package.licence_text)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files_of(package: Package) -> list[Path]:
    if package.target:
        return [package.folder / name for name in package.files.values()]
    return sorted(path for path in package.folder.rglob("*") if path.is_file())


def manifest() -> str:
    """The text of VENDOR.md for what lies on the disk now."""
    lines = [
        "# Vendored files",
        "",
        "Written by `scripts/vendor.py`; do not edit. A test compares every digest.",
        "",
        "| package | version | licence | changed |",
        "|---|---|---|---|",
    ]
    lines += [f"| {p.name} | {p.version} | {p.licence} | {p.changed} |" for p in PACKAGES]
    lines += ["", "| our file | made from | changed |", "|---|---|---|"]
    lines += [f"| `{path}` | {made_from} | {changed} |" for path, made_from, changed in KEPT]
    lines += ["", PICTURES, "## SHA-256", "", "```"]
    paths = [path for package in PACKAGES for path in files_of(package)]
    paths.append(ROOT / "static/fonts/mooring-sans.woff2")
    lines += [f"{digest(path)}  {path.relative_to(ROOT)}" for path in paths]
    lines += ["```", ""]
    return "\n".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            take(package, pack(package.name, package.version, Path(folder)))
            print(f"{package.name} {package.version} -> {package.folder.relative_to(ROOT)}")
    (VENDOR / "VENDOR.md").write_text(manifest())


if __name__ == "__main__":
    main()
