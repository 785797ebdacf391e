"""What is vendored is what the manifest says, and what is generated is up to date with what it is made from."""

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from scripts import build_css, build_icons, vendor

ROOT = Path(__file__).resolve().parents[2]
LISTED = re.compile(r"^([0-9a-f]{64})  (\S+)$", re.MULTILINE)
MANIFEST = (ROOT / "static/vendor/VENDOR.md").read_text()
DIGESTS = {path: digest for digest, path in LISTED.findall(MANIFEST)}


def test_the_manifest_is_what_its_script_would_write() -> None:
    assert vendor.manifest() == MANIFEST


def test_every_vendored_file_has_the_digest_of_the_manifest() -> None:
    wrong = [
        path for path, digest in DIGESTS.items() if hashlib.sha256((ROOT / path).read_bytes()).hexdigest() != digest
    ]
    assert DIGESTS
    assert not wrong


def test_no_vendored_file_is_missing_from_the_manifest() -> None:
    written_by_hand = {"static/vendor/VENDOR.md", "static/vendor/tabler-icons.LICENSE"}
    there = {str(path.relative_to(ROOT)) for path in (ROOT / "static/vendor").rglob("*") if path.is_file()}
    assert there - set(DIGESTS) == written_by_hand


def test_the_stylesheet_is_fresh() -> None:
    assert build_css.TARGET.read_text() == build_css.build(), "run scripts/build_css.py"


def test_the_sprite_holds_exactly_the_icons_in_use() -> None:
    assert set(build_icons.present()) == build_icons.in_use(), "run scripts/build_icons.py"


@pytest.mark.parametrize("name", sorted(build_icons.GLYPHS))
def test_the_money_glyphs_are_ours(name: str) -> None:
    assert build_icons.GLYPHS[name] in build_icons.present()[name], "run scripts/build_icons.py"


def test_a_name_that_is_computed_is_not_an_icon_of_the_sprite() -> None:
    """Names are written out, so that the search for them can be trusted."""
    computed = re.compile(r"<c-icon\b[^>]*?\sname=\"[^\"]*\{")
    assert not [path for path in (ROOT / "templates").rglob("*.html") if computed.search(path.read_text())]


def test_every_static_file_that_a_template_names_exists() -> None:
    named = re.compile(r"\{% static ['\"]([^'\"]+)['\"] %\}")
    names = {name for path in (ROOT / "templates").rglob("*.html") for name in named.findall(path.read_text())}
    assert not [name for name in sorted(names) if not finders.find(name)]
