"""Stripe's forms: `a[b][0]=x` nests. A list stays a mapping from index to item until a schema says that it is one."""

import re
from urllib.parse import parse_qsl

from marketplace.payments.standin.engine.errors import Refusal

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
MOST_FIELDS, DEEPEST = 1000, 10


def decoded(encoded: str) -> dict:
    """A query string or form body as nested mappings; a lone surrogate or a name that is none is refused."""
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise Refusal("invalid_form", "The request could not be read as a form.") from error
    root: dict = {}
    for name, value in pairs:
        _put(root, name, value)
    return root


def _put(root: dict, name: str, value: str) -> None:
    found = _NAME.fullmatch(name)
    if not found or "\x00" in name + value:
        raise Refusal("invalid_form", f"Invalid parameter name: {name[:100]!r}", field=name[:100].replace("\x00", ""))
    path = [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])]
    if len(path) > DEEPEST:
        raise Refusal("invalid_form", "The parameters are nested too deeply.", field=name[:100])
    node = root
    for step in path[:-1]:
        node = node.setdefault(_index(node, step), {})
        if not isinstance(node, dict):
            raise Refusal("invalid_form", f"{name} is both a value and an object.", field=name[:100])
    node[_index(node, path[-1])] = value


def _index(node: dict, step: str) -> str:
    """`[]` is the next item of a list."""
    return step or str(len(node))
