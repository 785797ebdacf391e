import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('supply', '0001_initial'),
        ('supply', '0002_site'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='SupplierProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('food', 'Food and drink'), ('beauty', 'Beauty and care'), ('fashion', 'Clothes and shoes'), ('home', 'Home and living'), ('tech', 'Phones and electronics'), ('parenting', 'Mother and child'), ('sport', 'Sport and outdoors'), ('culture', 'Books and culture'), ('travel', 'Travel and local'), ('farm', 'From the farm')], max_length=12), default=list, size=None, verbose_name='What you supply')),
                ('ships_from', models.CharField(blank=True, max_length=80, verbose_name='Where you ship from')),
                ('about', models.TextField(blank=True, max_length=600, verbose_name='What anchors should know about your goods')),
                ('site', models.URLField(blank=True, verbose_name='Web site')),
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='supplier_profile', to='accounts.party')),
            ],
        ),
    ]
