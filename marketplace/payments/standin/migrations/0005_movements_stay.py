"""A line of a balance at the acquirer is never rewritten."""

from importlib import import_module

from django.db import migrations

GUARD = import_module("marketplace.payments.standin.migrations.0002_guards").GUARD


class Migration(migrations.Migration):
    dependencies = [("standin", "0004_acquirer")]
    operations = [migrations.RunSQL(GUARD.format(table="standin_movement"), migrations.RunSQL.noop)]
