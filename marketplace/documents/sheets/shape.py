"""What a sheet is made of, and how what is frozen becomes words; all in the language that is active."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.core.money import Money

Contents = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    term: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """`figures` is how many of the last columns are amounts."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    figures: int = 1

    @property
    def labelled(self) -> list[list[tuple[str, str, bool]]]:
        """Each cell with its column's name, and whether it is an amount."""
        texts = len(self.columns) - self.figures
        return [
            [(name, cell, place >= texts) for place, (name, cell) in enumerate(zip(self.columns, row, strict=True))]
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Sheet:
    language: str
    title: str
    number: str
    lead: str
    facts: list[Pair]
    blocks: list[Block]
    tables: list[Table]
    sums: list[Pair]
    notes: list[str] = field(default_factory=list)
    fingerprint: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Frozen:
    contents: Contents

    def figure(self, minor: int) -> str:
        return Money(minor, self.contents["currency"]).figure

    def money(self, minor: int) -> str:
        return str(Money(minor, self.contents["currency"]))

    @property
    def body(self) -> Contents:
        return self.contents["body"]

    def total(self, name: str = "total_minor") -> str:
        return self.money(self.contents[name])


def day(text: str) -> str:
    return date_format(datetime.fromisoformat(text), "DATE_FORMAT")


def moment(text: str) -> str:
    return f"{date_format(datetime.fromisoformat(text), 'DATETIME_FORMAT')} UTC"


def month(text: str) -> str:
    return date_format(datetime.fromisoformat(f"{text}-01"), "YEAR_MONTH_FORMAT")


def percent(bp: int) -> str:
    return f"{bp / 100:g} %"


def head(frozen: Frozen) -> list[Pair]:
    contents = frozen.contents
    facts = [Pair(_("Number"), contents["number"]), Pair(_("Issued"), day(contents["issued_at"]))]
    if contents["month"]:
        facts.append(Pair(_("Month"), f"{month(contents['month'])} (UTC)"))
    return [*facts, Pair(_("Currency"), contents["currency"])]


def platform_block(frozen: Frozen, title: str) -> Block:
    issuer = frozen.contents["issuer"]
    return Block(title, _lines(issuer["name"], "", issuer))


def party_block(frozen: Frozen, title: str) -> Block:
    party = frozen.contents["party"]
    called = party["called"] if party["called"] != party["name"] else ""
    return Block(title, _lines(party["name"], called, party))


def _lines(name: str, called: str, entity: Contents) -> list[str]:
    numbered = [
        _("Registration: %(number)s") % {"number": entity["registration"]} if entity["registration"] else "",
        _("Tax id: %(number)s") % {"number": entity["tax_id"]} if entity["tax_id"] else _("Tax id: not given"),
    ]
    address = entity.get("address", "").splitlines()  # a party's was not asked for at first
    return [line.strip() for line in (name, called, *address, entity["country"], *numbered) if line.strip()]


def what_for(line: Contents) -> str:
    about = f" · {line['about']}" if line["about"] else ""
    return f"{line['contract']['title']}{about}"
