"""The catalogues, without xgettext: `extract` collects the texts, `merge` takes translations from another .po file,
`compile` writes the .mo files, `check` says what is missing.

Python files are read by Babel, templates by Django's own `templatize` (which turns a template into something that a
Python tokenizer nearly understands; we read its calls with one regular expression).
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("marketplace", "brands", "creators", "supply")
STANDIN = ROOT / "marketplace/payments/standin"  # has a catalogue of its own
LOCALES = {"zh_Hans": ROOT / "locale/zh_Hans/LC_MESSAGES/django.po", "en": ROOT / "locale/en/LC_MESSAGES/django.po"}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
STRING = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(
    rf"\b(_|gettext|pgettext|ngettext|npgettext)\(\s*{STRING}(?:\s*,\s*{STRING})?(?:\s*,\s*{STRING})?", re.S
)

Message = tuple[str | tuple[str, str], str | None]  # msgid (or singular and plural), context


def in_python() -> Iterator[Message]:
    for package in SOURCES:
        for file in sorted((ROOT / package).rglob("*.py")):
            if "migrations" in file.parts or STANDIN in file.parents:
                continue
            for _line, message, _comments, context in extract_from_file("python", file, keywords=KEYWORDS):
                yield message, context


def in_templates() -> Iterator[Message]:
    from django.utils.translation.template import templatize  # noqa: PLC0415  only this needs Django's settings

    for file in sorted((ROOT / "templates").rglob("*")):
        if file.suffix not in {".html", ".txt"}:
            continue
        # A cotton attribute holds its tag in one pair of quotes: <c-x title="{% translate 'Y' %}">.
        for function, *groups in CALL.findall(templatize(file.read_text(), origin=str(file))):
            texts = [ast.literal_eval(group) for group in groups if group]
            if function == "ngettext":
                yield (texts[0], texts[1]), None
            elif function == "pgettext":
                yield texts[1], texts[0]
            else:
                yield texts[0], None


def used() -> dict[tuple[str, str | None], Message]:
    """Every message in the sources, once."""
    found: dict[tuple[str, str | None], Message] = {}
    for message, context in (*in_python(), *in_templates()):
        singular = message if isinstance(message, str) else message[0]
        key = (singular, context)
        if singular and (key not in found or not isinstance(message, str)):
            found[key] = (message, context)
    return found


def load(file: Path, locale: str) -> Catalog:
    if not file.exists():
        return Catalog(locale=locale, charset="utf-8")
    with file.open("rb") as handle:
        return read_po(handle, locale=locale)


def save(catalog: Catalog, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as handle:
        write_po(
            handle, catalog, sort_output=True, no_location=True, omit_header=False, width=110, ignore_obsolete=True
        )


def fresh(locale: str) -> Catalog:
    """Without dates: a catalogue changes when a text does, and not when somebody looks at it."""
    day = datetime(2026, 11, 22, tzinfo=UTC)
    return Catalog(
        locale=locale,
        charset="utf-8",
        project="Mooring",
        fuzzy=False,
        creation_date=day,
        revision_date=day,
        header_comment="# What Mooring says, for translators. `make messages` collects it.",
        last_translator="the founders",
        language_team="the founders",
    )


def extract() -> None:
    messages = used()
    for locale, file in LOCALES.items():
        old, new = load(file, locale), fresh(locale)
        for (singular, context), (message, _context) in sorted(messages.items(), key=str):
            known = old.get(singular, context)
            new.add(message, string=known.string if known else None, context=context)
        save(new, file)


def merge(other: Path) -> None:
    """Take what `other` translates and ours does not."""
    file = LOCALES["zh_Hans"]
    ours, theirs = load(file, "zh_Hans"), load(other, "zh_Hans")
    for message in theirs:
        singular = message.id if isinstance(message.id, str) else message.id[0]
        mine = ours.get(singular, message.context) if singular else None
        if mine is None and singular:
            ours.add(message.id, string=message.string, context=message.context)
        elif mine is not None and not any([mine.string] if isinstance(mine.string, str) else mine.string):
            mine.string = message.string if isinstance(mine.id, str) == isinstance(message.id, str) else plural(message)
    save(ours, file)


def plural(message) -> tuple[str, ...]:
    """Chinese has one form: what was written as a singular serves."""
    return (message.string,) if isinstance(message.string, str) else message.string


def compile_all() -> None:
    for file in [*LOCALES.values(), *STANDIN.rglob("*.po")]:
        if file.exists():
            with file.open("rb") as handle, file.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(handle, locale=file.parts[-3]))


def missing() -> list[str]:
    """What the Chinese catalogue lacks, and what it has too much."""
    catalog, messages = load(LOCALES["zh_Hans"], "zh_Hans"), used()
    said = []
    for singular, context in messages:
        known = catalog.get(singular, context)
        strings = [] if known is None else [known.string] if isinstance(known.string, str) else list(known.string)
        if not any(strings) or (known and known.fuzzy):
            said.append(f"not translated: {singular!r}")
    known_ids = {(m.id if isinstance(m.id, str) else m.id[0], m.context) for m in catalog if m.id}
    said += [f"not used any more: {singular!r}" for singular, _context in sorted(known_ids - set(messages), key=str)]
    return said


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in {"extract", "check"}:
        import django  # noqa: PLC0415
        from django.conf import settings  # noqa: PLC0415

        settings.configure(USE_I18N=True)
        django.setup()
    if command == "extract":
        extract()
    elif command == "merge":
        merge(Path(sys.argv[2]))
    elif command == "compile":
        compile_all()
    elif command == "check":
        said = missing()
        print("\n".join(said) or "Everything is translated.")
        sys.exit(bool(said))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
