from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "0001_search.sql").read_text()
UNDO = "DROP FUNCTION search_query(text), search_document(text), search_letters(text, int[])"


class Migration(migrations.Migration):
    """Before any table: generated columns of other apps call these functions."""

    replaces = [("core", "0002_search"), ("core", "0005_search_in_a_backup")]
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(SQL, UNDO)]
