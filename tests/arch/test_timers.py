"""Every clock that is set is heard when it strikes."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.contracts.steps.clocks import OF_A_DELIVERABLE
from marketplace.core.timers.registry import kinds
from marketplace.stack.paths import ROOT


def set_somewhere() -> Iterator[tuple[str, str]]:
    """(kind, module) of each `schedule(NAME, …)` in the program, where NAME is a constant of its module."""
    for package in ("marketplace", "brands", "creators", "supply"):
        for file in sorted((ROOT / package).rglob("*.py")):
            names = [call.args[0].id for call in calls_of_schedule(file)]
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            for name in names:
                kind = getattr(importlib.import_module(module), name, None)
                if isinstance(kind, str):
                    yield kind, module


def calls_of_schedule(file: Path) -> list[ast.Call]:
    text = file.read_text()
    if "schedule(" not in text:
        return []
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return [
        one
        for one in calls
        if isinstance(one.func, ast.Name) and one.func.id == "schedule" and isinstance(one.args[0], ast.Name)
    ]


@pytest.mark.parametrize(("kind", "module"), sorted(set(set_somewhere())))
def test_a_clock_that_is_set_has_a_function(kind, module):
    assert kind in kinds(), module


def test_all_clocks_of_a_deliverable_have_one():
    assert set(OF_A_DELIVERABLE) <= set(kinds())
