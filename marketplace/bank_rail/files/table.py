"""A table out of bytes that somebody uploaded: CSV as banks export it, in UTF-8 or GB18030."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

BYTES_AT_MOST = 5 * 1024 * 1024
ROWS_AT_MOST = 20_000
CELL_AT_MOST = 500
HEAD_AT_MOST = 30  # rows of a bank's letterhead before the names of the columns
SEPARATORS = ",;\t|"


class WrongFile(ValueError):
    """Nothing of it is read. `code` says why; `row` counts from 1, `column` is as the file calls it."""

    def __init__(self, code: str, *, row: int = 0, column: str = "") -> None:
        super().__init__(code)
        self.code, self.row, self.column = code, row, column


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is its line in the file; `cells` by our names, `called` what the file calls each."""

    number: int
    cells: Mapping[str, str]
    called: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    def wrong(self, code: str, name: str) -> WrongFile:
        return WrongFile(code, row=self.number, column=self.called.get(name, name))


def rows_of(content: bytes, names: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]) -> Iterator[Row]:
    """Each row below the one that names the columns. `names`: ours to theirs. Raises WrongFile."""
    if len(content) > BYTES_AT_MOST:
        raise WrongFile("file_too_large")
    table = _cells(_text(content))
    above, header = _header(table, names, needed)
    places = _places(header, names)
    called = {ours: header[place][1] for ours, place in places.items()}
    count = 0
    for number, cells in enumerate(table[above:], start=above + 1):
        if not any(cells):
            continue
        count += 1
        if count > ROWS_AT_MOST:
            raise WrongFile("too_many_rows", row=number)
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise WrongFile("more_cells_than_columns", row=number)
        if any(len(cell) > CELL_AT_MOST for cell in cells):
            raise WrongFile("cell_too_long", row=number)
        found = {ours: cells[place] if place < len(cells) else "" for ours, place in places.items()}
        yield Row(number, found, called)


def _text(content: bytes) -> str:
    if b"\x00" in content:
        raise WrongFile("not_a_table")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(unicodedata.category(one) == "Cc" and one not in "\r\n\t" for one in text):
            raise WrongFile("not_a_table")
        return text
    raise WrongFile("not_a_table")


def _cells(text: str) -> list[list[str]]:
    lines = text.splitlines()
    busiest = max(lines[:HEAD_AT_MOST], key=lambda line: max(line.count(one) for one in SEPARATORS), default="")
    separator = max(SEPARATORS, key=busiest.count)
    try:
        # A formula is text here, and so is a number that a spreadsheet was kept from rounding: ="6228480012345678".
        read = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return [[_bare(cell) for cell in row] for row in read]
    except csv.Error:
        raise WrongFile("not_a_table") from None


def _bare(cell: str) -> str:
    stripped = cell.strip().strip("\ufeff").strip()
    if stripped.startswith('="') and stripped.endswith('"'):
        stripped = stripped[2:-1]
    return stripped


Header = list[tuple[str, str]]


def _header(
    table: list[list[str]], names: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]
) -> tuple[int, Header]:
    for number, cells in enumerate(table[:HEAD_AT_MOST], start=1):
        header = [(_key(cell), cell) for cell in cells]
        if all(name in _places(header, names) for name in needed):
            return number, header
    if not any(any(cells) for cells in table):
        raise WrongFile("empty_file")
    raise WrongFile("columns_missing", column=", ".join(names[name][0] for name in needed))


def _places(header: Header, names: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    keys = [key for key, _called in header]
    found = {}
    for ours, theirs in names.items():
        place = next((keys.index(_key(one)) for one in theirs if _key(one) in keys), None)
        if place is not None:
            found[ours] = place
    return found


def _key(name: str) -> str:
    """Without case, blanks, and what a bank puts in brackets behind it: `金额（元）`."""
    plain = unicodedata.normalize("NFKC", name).casefold().partition("(")[0]
    return "".join(one for one in plain if one.isalnum())
