"""Saying something in two round trips: `chat_enter` locks and asks, `chat_say` numbers and keeps. The rules between the
two are the program's (`services/messages.py`); both run with the rights of whoever calls them."""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent
UNDO = "DROP FUNCTION chat_say; DROP FUNCTION chat_enter;"


class Migration(migrations.Migration):
    dependencies = [("chat", "0002_everything_said"), ("core", "0005_access_log")]
    operations = [migrations.RunSQL("\n".join((FOLDER / f"0003_{part}.sql").read_text() for part in ("enter", "say")), UNDO)]
