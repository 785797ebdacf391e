"""PostgreSQL's array literals, as text. psycopg can write them too, element by element in Python: ten times slower,
which a batch of a thousand journals feels."""

from collections.abc import Iterable, Sequence


def texts(values: Sequence[str]) -> str:
    """Every element quoted, so that `NULL`, commas and braces are only text; a quote and a backslash are escaped."""
    if not values:
        return "{}"
    inside = '","'.join(values)
    if "\\" in inside or inside.count('"') != 2 * (len(values) - 1):  # more quotes than we put there ourselves
        inside = '","'.join([value.replace("\\", "\\\\").replace('"', '\\"') for value in values])
    return '{"' + inside + '"}'


def integers(values: Iterable[int | None]) -> str:
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def booleans(values: Iterable[bool]) -> str:
    return "{" + ",".join(["t" if value else "f" for value in values]) + "}"
