"""The long runs are not part of `make test`, so nothing else would say that what they stand on has moved."""

from importlib import import_module
from pathlib import Path

import pytest

TORTURE = Path(__file__).parent.parent / "torture"


@pytest.mark.parametrize("name", sorted(file.stem for file in TORTURE.glob("test_*.py")))
def test_a_long_run_still_finds_what_it_stands_on(name):
    module = import_module(f"tests.torture.{name}")
    assert any(thing.startswith("test_") for thing in vars(module))
