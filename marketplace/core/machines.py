"""All machines of the program, found by looking: for drawings and exhaustive tests."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from marketplace.core.machine import Machine


def all_machines() -> dict[str, Machine]:
    """Every Machine in every app's `machine.py`, by name."""
    found: dict[str, Machine] = {}
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.machine") is None:
            continue
        module = import_module(f"{app.name}.machine")
        for value in vars(module).values():
            if isinstance(value, Machine):
                found[value.name] = value
    return found
