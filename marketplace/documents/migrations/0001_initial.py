import django.db.models.deletion
import django.db.models.expressions
import marketplace.core.clock
import marketplace.core.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
        ('contracts', '0001_squashed_0005_charged_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='doc')),
                ('kind', models.CharField(choices=[('receipt', 'Receipt'), ('invoice', 'Invoice'), ('credit_note', 'Credit note'), ('statement', 'Self-billed statement')], max_length=12, verbose_name='kind')),
                ('sequence', models.PositiveIntegerField(verbose_name='number in its series')),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('net_minor', models.BigIntegerField(verbose_name='net, in minor units')),
                ('tax_minor', models.BigIntegerField(verbose_name='VAT, in minor units')),
                ('total_minor', models.BigIntegerField(verbose_name='total, in minor units')),
                ('month', models.DateField(blank=True, null=True, verbose_name='month')),
                ('cause', models.CharField(max_length=80, unique=True, verbose_name='issued for')),
                ('contents', models.JSONField(verbose_name='what stands on it')),
                ('sha256', models.CharField(max_length=64, verbose_name='hash of what stands on it')),
                ('issued_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='issued')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['receipt', 'invoice', 'credit_note', 'statement'])), name='document_kind'), models.CheckConstraint(condition=models.Q(('total_minor', django.db.models.expressions.CombinedExpression(models.F('net_minor'), '+', models.F('tax_minor')))), name='document_adds_up')],
            },
        ),
        migrations.CreateModel(
            name='FeeReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='fre')),
                ('fee_minor', models.BigIntegerField(verbose_name='platform fee, in minor units')),
                ('vat_minor', models.BigIntegerField(verbose_name='VAT, in minor units')),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('reason', models.TextField(max_length=500, verbose_name='reason, as the merchant reads it')),
                ('at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='given back')),
            ],
            options={
                'verbose_name': 'fee given back',
                'verbose_name_plural': 'fees given back',
                'constraints': [models.CheckConstraint(condition=models.Q(('fee_minor__gte', 0), ('vat_minor__gte', 0), ('fee_minor__gt', django.db.models.expressions.CombinedExpression(models.F('vat_minor'), '*', models.Value(-1))), models.Q(('reason', ''), _negated=True)), name='fee_return_of_something')],
            },
        ),
        migrations.CreateModel(
            name='InvoicedRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fee_minor', models.BigIntegerField(verbose_name='platform fee, in minor units')),
                ('vat_minor', models.BigIntegerField(verbose_name='VAT, in minor units')),
            ],
            options={
                'verbose_name': 'invoiced release',
                'verbose_name_plural': 'invoiced releases',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=80, verbose_name='issuer')),
                ('kind', models.CharField(max_length=12, verbose_name='kind')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='last number')),
            ],
            options={
                'verbose_name': 'series of numbers',
                'verbose_name_plural': 'series of numbers',
                'constraints': [models.UniqueConstraint(fields=('issuer', 'kind', 'year'), name='series_once'), models.CheckConstraint(condition=models.Q(('year__gte', 2000)), name='series_year')],
            },
        ),
        migrations.CreateModel(
            name='ClosedMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(unique=True, verbose_name='month')),
                ('at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='closed')),
            ],
            options={
                'verbose_name': 'closed month',
                'verbose_name_plural': 'closed months',
                'constraints': [models.CheckConstraint(condition=models.Q(('first__day', 1)), name='closed_month_first_day')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedmonth',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bff9a669f819d3a609802e66962b4f6972266d19', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_15887', table='documents_closedmonth', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedmonth',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='e4c6e89aa5ef5c39b410d56cd35b8d967147a2b9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_30d40', table='documents_closedmonth', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='document',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='documents.document', verbose_name='corrects'),
        ),
        migrations.AddField(
            model_name='document',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party', verbose_name='party'),
        ),
        migrations.AddField(
            model_name='feereturn',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='feereturn',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party', verbose_name='merchant'),
        ),
        migrations.AddField(
            model_name='feereturn',
            name='release',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='fee_return', to='contracts.release', verbose_name='release'),
        ),
        migrations.AddField(
            model_name='invoicedrelease',
            name='invoice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='documents.document', verbose_name='invoice'),
        ),
        migrations.AddField(
            model_name='invoicedrelease',
            name='release',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='invoiced', to='contracts.release', verbose_name='release'),
        ),
        migrations.AddField(
            model_name='document',
            name='series',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.series', verbose_name='series of numbers'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='series',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='562e8b92f5ad3b6c74c0a5091594026d86b7340c', operation='DELETE', pgid='pgtrigger_never_deleted_a192d', table='documents_series', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='series',
            trigger=pgtrigger.compiler.Trigger(name='one_after_the_other', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.last <> OLD.last + 1\n                       OR (NEW.id, NEW.issuer, NEW.kind, NEW.year)\n                       IS DISTINCT FROM (OLD.id, OLD.issuer, OLD.kind, OLD.year)\n                    THEN RAISE EXCEPTION 'the number after % is %', OLD.last, OLD.last + 1;\n                    END IF;\n                    RETURN NEW;\n                ", hash='b9ffbb5556cfaedc84c7d678c552a108e041ff25', operation='UPDATE', pgid='pgtrigger_one_after_the_other_6b2bb', table='documents_series', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feereturn',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e4c12417d44f894b9af222502c4af761cbd11373', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f4d71', table='documents_feereturn', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feereturn',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='8fa27d188088c245b0f14eff1023686948d2afd2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_77506', table='documents_feereturn', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicedrelease',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb45e65f59f790d1619a3cdccdf0a4eb6a9ff855', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b8de4', table='documents_invoicedrelease', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicedrelease',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='de353ed4aa11f515ddc6b4305a43d56cc42b2b22', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_059ac', table='documents_invoicedrelease', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['party', '-id'], name='document_by_party'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['party', 'kind', '-id'], name='document_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('series', 'sequence'), name='document_number_once'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('month__isnull', False)), fields=('party', 'currency', 'month', 'kind'), name='document_monthly'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', False), ('kind', 'credit_note')), models.Q(models.Q(('kind', 'credit_note'), _negated=True), ('corrects__isnull', True)), _connector='OR'), name='document_credit_note_names_its_invoice'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='501779c6d865b550e20bd4b8f2878f33b72fa956', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_655a8', table='documents_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='bb4bc332a1a0a08ace078f86b85c4fc88fe04c6a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_7537d', table='documents_document', when='BEFORE')),
        ),
    ]
