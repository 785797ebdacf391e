"""The posting function and the constraints that Django cannot name."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_suffix(".sql").read_text()
UNDO = """
DROP FUNCTION ledger_post;
ALTER TABLE ledger_line DROP CONSTRAINT line_source_currency, DROP CONSTRAINT line_destination_currency;
ALTER TABLE ledger_fundinglot DROP CONSTRAINT lot_currency;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
