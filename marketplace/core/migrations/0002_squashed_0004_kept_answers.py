import django.db.models.deletion
import marketplace.core.fields
import marketplace.core.models.delivery
import marketplace.core.models.timer
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('core', '0001_initial'),
        ('core', '0003_request_answers'),
        ('core', '0004_kept_answers'),
    ]

    dependencies = [
        ('core', '0001_search'),
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aggregate', models.CharField(max_length=40, verbose_name='subject')),
                ('seq', models.PositiveIntegerField(verbose_name='number')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('from_state', models.CharField(blank=True, max_length=32, verbose_name='from')),
                ('to_state', models.CharField(blank=True, max_length=32, verbose_name='to')),
                ('party', models.BigIntegerField(null=True, verbose_name='party')),
                ('source', models.CharField(max_length=12, verbose_name='way in')),
                ('label', models.CharField(blank=True, max_length=80, verbose_name='label')),
                ('request_id', models.CharField(blank=True, max_length=40, verbose_name='request')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('data', models.JSONField(default=dict, verbose_name='facts')),
                ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'indexes': [models.Index(fields=['name', 'id'], name='event_by_name'), models.Index(condition=models.Q(('actor__isnull', False)), fields=['actor', '-id'], name='event_by_actor')],
                'constraints': [models.UniqueConstraint(fields=('aggregate', 'seq'), name='event_once_per_seq')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handler', models.CharField(max_length=120, verbose_name='handler')),
                ('state', marketplace.core.fields.StateField(default=marketplace.core.models.delivery.DeliveryState['PENDING'], max_length=32)),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('leased_until', models.DateTimeField(null=True, verbose_name='taken until')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('error', models.TextField(blank=True, verbose_name='last fault')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='core.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['due_at', 'id'], name='delivery_due')],
                'constraints': [models.UniqueConstraint(fields=('event', 'handler'), name='delivery_once_per_handler'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'done', 'dead'])), name='delivery_state')],
            },
        ),
        migrations.CreateModel(
            name='IdempotentRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=120)),
                ('request_hash', models.CharField(max_length=64)),
                ('result', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('answer', models.TextField(db_default='')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status__isnull', False)), fields=['at'], name='request_answered_at')],
                'constraints': [models.UniqueConstraint(fields=('scope', 'key'), name='request_once_per_key')],
            },
        ),
        migrations.CreateModel(
            name='Timer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('aggregate', models.CharField(max_length=40, verbose_name='subject')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('state', marketplace.core.fields.StateField(default=marketplace.core.models.timer.TimerState['PENDING'], max_length=32)),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('fired_at', models.DateTimeField(null=True, verbose_name='fired')),
                ('error', models.TextField(blank=True, verbose_name='last fault')),
            ],
            options={
                'verbose_name': 'timer',
                'verbose_name_plural': 'timers',
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['due_at', 'id'], name='timer_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('kind', 'aggregate'), name='timer_one_pending'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'fired', 'cancelled', 'dead'])), name='timer_state')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e10987bc9a49a1926c7e6570fb01934fa665dda6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_56466', table='core_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='e609a10c4d0b825d51fb30202c545a6857614672', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_06910', table='core_event', when='BEFORE')),
        ),
    ]
