import django.db.models.deletion
import marketplace.core.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, verbose_name='code')),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('allow_negative', models.BooleanField(default=False, verbose_name='may go below zero')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
                'constraints': [models.UniqueConstraint(fields=('code', 'currency'), name='account_once'), models.UniqueConstraint(fields=('id', 'currency'), name='account_currency')],
            },
        ),
        migrations.CreateModel(
            name='FundingLot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='lot')),
                ('provider', models.CharField(max_length=20, verbose_name='provider')),
                ('charge', models.CharField(max_length=80, verbose_name='charge')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount in minor units')),
                ('remaining_minor', models.BigIntegerField(verbose_name='remaining in minor units')),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('charged_at', models.DateTimeField(verbose_name='charged')),
                ('held_in', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='ledger.account', verbose_name='held in')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='ledger.fundinglot', verbose_name='split from')),
            ],
            options={
                'verbose_name': 'funding lot',
                'verbose_name_plural': 'funding lots',
                'indexes': [models.Index(condition=models.Q(('remaining_minor__gt', 0)), fields=['held_in', 'charged_at', 'id'], name='lot_oldest_first')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0), ('remaining_minor__gte', 0), ('remaining_minor__lte', models.F('amount_minor'))), name='lot_not_overused'), models.UniqueConstraint(condition=models.Q(('parent', None)), fields=('provider', 'charge'), name='lot_once_per_charge')],
            },
        ),
        migrations.CreateModel(
            name='Journal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('idempotency_key', models.CharField(max_length=120, verbose_name='key')),
                ('input_hash', models.CharField(max_length=64, verbose_name='hash of what was asked')),
                ('reference', models.CharField(max_length=60, verbose_name='reference')),
                ('posted_at', models.DateTimeField(verbose_name='posted')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='ledger.journal', verbose_name='reverses')),
            ],
            options={
                'verbose_name': 'journal',
                'verbose_name_plural': 'journals',
                'indexes': [models.Index(fields=['reference'], name='journal_by_reference')],
                'constraints': [models.UniqueConstraint(fields=('idempotency_key',), name='journal_once')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('pk', models.CompositePrimaryKey('journal_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveSmallIntegerField()),
                ('amount_minor', models.BigIntegerField()),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('destination', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ('journal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ledger.journal')),
                ('source', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
            ],
            options={
                'indexes': [models.Index(fields=['source', '-journal'], name='line_by_source'), models.Index(fields=['destination', '-journal'], name='line_by_destination')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='line_positive'), models.CheckConstraint(condition=models.Q(('source', models.F('destination')), _negated=True), name='line_moves')],
            },
        ),
        migrations.CreateModel(
            name='LotUse',
            fields=[
                ('pk', models.CompositePrimaryKey('journal_id', 'lot_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('amount_minor', models.BigIntegerField()),
                ('journal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lot_uses', to='ledger.journal')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='ledger.fundinglot')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor', 0), _negated=True), name='use_not_zero')],
            },
        ),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='balance', serialize=False, to='ledger.account')),
                ('amount_minor', models.BigIntegerField(default=0)),
                ('allow_negative', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('allow_negative', True), ('amount_minor__gte', 0), _connector='OR'), name='no_overdraft')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='journal',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2776f1fce494c9973f594b57e9313047e5305c40', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4d2c8', table='ledger_journal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='journal',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='3e414c981dfcc19ef93b4665e48f773cc3601f9b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_ccad1', table='ledger_journal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='60aab0f9a637564fbac6ecf8bf5377c5ca18a111', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6530f', table='ledger_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='cfca98a2074663acc6e27b983fc23166531f8224', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_89b87', table='ledger_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotuse',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='91b955eef0c6e36964e618c3789474a910773d9d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a98eb', table='ledger_lotuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotuse',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='d55abc19fa5f4782c8c9d15254aec2e2f46992b0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_ada61', table='ledger_lotuse', when='BEFORE')),
        ),
    ]
