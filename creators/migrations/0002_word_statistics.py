from django.db import migrations

from marketplace.core.search import word_statistics


class Migration(migrations.Migration):
    dependencies = [("creators", "0001_initial")]

    operations = [word_statistics("creators_anchorfile")]
