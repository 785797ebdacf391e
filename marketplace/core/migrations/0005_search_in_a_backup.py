"""A backup that pg_dump made could not be restored: the generated columns of search call a function by its bare name."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "0005_search_in_a_backup.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("core", "0004_kept_answers")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
