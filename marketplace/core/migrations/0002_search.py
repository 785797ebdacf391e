from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "0002_search.sql").read_text()
UNDO = "DROP FUNCTION search_query(text), search_document(text), search_letters(text, int[])"


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunSQL(SQL, UNDO)]
