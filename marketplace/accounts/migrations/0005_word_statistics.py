from django.db import migrations

from marketplace.core.search import word_statistics


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_access_tokens")]

    operations = [word_statistics("accounts_partycard")]
