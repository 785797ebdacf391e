"""The stand-in shares nothing with Mooring, keeps one clock, and says everything in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2] / "marketplace/payments/standin"
PACKAGE = "marketplace.payments.standin"
SOURCES = sorted(HOME.rglob("*.py"))
CATALOGUE = HOME / "locale/zh_Hans/LC_MESSAGES/django.po"


def imports(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield node.module


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(HOME)))
def test_bank_imports_nothing_of_moorings(source: Path) -> None:
    ours = ("marketplace", "brands", "creators", "supply")
    foreign = [name for name in imports(source) if name.split(".")[0] in ours and not name.startswith(PACKAGE)]
    assert foreign == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(HOME)))
def test_only_the_clock_module_reads_the_clock(source: Path) -> None:
    if source.name != "clock.py":
        assert not re.search(r"time\.time\(|datetime\.now|timezone\.now|auto_now|Now\(\)", source.read_text())


@pytest.mark.parametrize("source", sorted((HOME / "engine").glob("*.py")), ids=lambda path: path.name)
def test_engine_knows_no_dialect_and_no_page(source: Path) -> None:
    above = tuple(f"{PACKAGE}.{part}" for part in ("dialects", "pages", "control"))
    assert [name for name in imports(source) if name.startswith(above)] == []


def test_every_string_of_the_pages_is_translated_and_no_other() -> None:
    assert wanted() == set(translated())
    assert all(translated().values())


def wanted() -> set[str]:
    found: set[str] = set()
    for template in HOME.rglob("*.html"):
        text = template.read_text()
        found |= set(re.findall(r'\{% translate "([^"]+)"', text))
        blocks = re.findall(r"\{% blocktranslate[^%]*%\}(.*?)\{% endblocktranslate %\}", text)
        found |= {re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", block) for block in blocks}
    for source in SOURCES:
        found |= set(re.findall(r'[ (]_\("([^"]+)"\)', source.read_text()))
    return found


def translated() -> dict[str, str]:
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', CATALOGUE.read_text(), re.MULTILINE)
    return {english.replace('\\"', '"'): chinese for english, chinese in pairs}
