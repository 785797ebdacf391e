"""Complete (no model has drifted) and linear (one leaf an app, no merges)."""

from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OURS = [
    app.label
    for app in apps.get_app_configs()
    if app.name.split(".")[0] in {"marketplace", "brands", "creators", "supply"}
]


def loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration():
    call_command("makemigrations", *OURS, check=True, dry_run=True, verbosity=0)


def test_every_app_has_one_line_of_migrations():
    graph = loader().graph
    leaves = Counter(app for app, _name in graph.leaf_nodes())
    assert {app: leaves[app] for app in OURS if leaves[app] > 1} == {}
    for (app, name), node in graph.node_map.items():
        if app in OURS:
            own_parents = [parent for parent in node.parents if parent.key[0] == app]
            assert len(own_parents) <= 1, f"{app}.{name} merges branches"
