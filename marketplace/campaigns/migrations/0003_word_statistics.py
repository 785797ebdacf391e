from django.db import migrations

from marketplace.core.search import word_statistics


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_products")]

    operations = [word_statistics("campaigns_vtask")]
