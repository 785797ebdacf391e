"""The posting functions and the constraints that Django cannot name.

`ledger_post_one` and `ledger_post_many` are the only writers of the ledger. They run as the tables' owner (SECURITY
DEFINER); the program's own role may only read the tables. Locks are taken in one order everywhere: journals by key,
lots by id, balances by account id. `posted_at` is given, never now(). They answer with the journals' ids, and whether
each is new.

They raise check_violation on "no_overdraft" or "lot_not_overused"; unique_violation on "lot_once_per_charge"; SQLSTATE
MO409 when a key exists with another hash; foreign_key_violation when a line crosses currencies.
"""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent
PARTS = ("constraints", "accounts", "post_one", "post_many")
UNDO = """
DROP FUNCTION ledger_post_many;
DROP FUNCTION ledger_post_one;
DROP FUNCTION ledger_accounts;
ALTER TABLE ledger_line DROP CONSTRAINT line_source_currency, DROP CONSTRAINT line_destination_currency;
ALTER TABLE ledger_fundinglot DROP CONSTRAINT lot_currency;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL("\n".join((FOLDER / f"0002_{part}.sql").read_text() for part in PARTS), UNDO)]
