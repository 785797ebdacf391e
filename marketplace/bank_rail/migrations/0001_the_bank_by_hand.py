import django.db.models.deletion
import marketplace.bank_rail.machine
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
    ]

    operations = [
        migrations.CreateModel(
            name='Payee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='bpy')),
                ('reference', models.CharField(max_length=80, unique=True, verbose_name='reference')),
                ('label', models.CharField(max_length=120, verbose_name='payee')),
                ('holder', models.CharField(blank=True, max_length=120, verbose_name='name on the account')),
                ('bank_name', models.CharField(blank=True, max_length=120, verbose_name='bank')),
                ('sealed_number', models.TextField(blank=True, verbose_name='sealed number')),
                ('last4', models.CharField(blank=True, max_length=4, verbose_name='last four digits')),
                ('fingerprint', models.CharField(blank=True, max_length=64, verbose_name='fingerprint')),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('named_at', models.DateTimeField(null=True, verbose_name='named')),
            ],
            options={
                'verbose_name': 'payee by transfer',
                'verbose_name_plural': 'payees by transfer',
            },
        ),
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='brv')),
                ('reference', models.CharField(max_length=80, unique=True)),
                ('amount_minor', models.BigIntegerField()),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='bank_reversal_positive')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='btr')),
                ('reference', models.CharField(max_length=80, unique=True)),
                ('charge', models.CharField(max_length=80)),
                ('amount_minor', models.BigIntegerField()),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='bank_transfer_positive')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='bup')),
                ('kind', models.CharField(choices=[('statement', 'Statement'), ('confirmation', 'Confirmation')], max_length=12, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('sealed_content', models.TextField(verbose_name='sealed content')),
                ('sha256', models.CharField(max_length=64, verbose_name='hash of the content')),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('state', marketplace.core.fields.StateField(default=marketplace.bank_rail.machine.UploadState['PREVIEWED'], max_length=32)),
                ('opening_minor', models.BigIntegerField(null=True, verbose_name='balance before, in minor units')),
                ('closing_minor', models.BigIntegerField(null=True, verbose_name='balance after, in minor units')),
                ('first_on', models.DateField(null=True, verbose_name='first day')),
                ('last_on', models.DateField(null=True, verbose_name='last day')),
                ('uploaded_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='uploaded')),
                ('booked_at', models.DateTimeField(null=True, verbose_name='booked')),
            ],
            options={
                'verbose_name': 'file of the bank',
                'verbose_name_plural': 'files of the bank',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['previewed', 'booked', 'discarded'])), name='bank_upload_state'), models.UniqueConstraint(condition=models.Q(('state', 'discarded'), _negated=True), fields=('kind', 'sha256'), name='bank_upload_once')],
            },
        ),
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='bln')),
                ('number', models.PositiveIntegerField(verbose_name='row of the file')),
                ('identity', models.CharField(max_length=80, verbose_name='identity')),
                ('posted_on', models.DateField(verbose_name='booked on')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount in minor units')),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='from or to')),
                ('bank_name', models.CharField(blank=True, max_length=120, verbose_name='bank')),
                ('sealed_number', models.TextField(blank=True, verbose_name='sealed number')),
                ('last4', models.CharField(blank=True, max_length=4, verbose_name='last four digits')),
                ('memo', models.CharField(blank=True, max_length=500, verbose_name='words')),
                ('state', marketplace.core.fields.StateField(default=marketplace.bank_rail.machine.LineState['UNMATCHED'], max_length=32)),
                ('proposal', models.CharField(blank=True, choices=[('assign', 'It belongs to a transfer in'), ('send_back', 'It goes back to where it came from')], max_length=9, verbose_name='proposal')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
            ],
            options={
                'verbose_name': 'line of a statement',
                'verbose_name_plural': 'lines of statements',
                'indexes': [models.Index(condition=models.Q(('state__in', ['mismatched', 'unmatched', 'proposed'])), fields=['id'], name='bank_line_in_suspense')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['matched', 'mismatched', 'unmatched', 'proposed', 'assigned', 'sending_back', 'sent_back'])), name='bank_line_state'), models.CheckConstraint(condition=models.Q(('amount_minor', 0), _negated=True), name='bank_line_moves_something'), models.UniqueConstraint(fields=('currency', 'identity'), name='bank_line_once'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='bank_line_by_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='bbt')),
                ('state', marketplace.core.fields.StateField(default=marketplace.bank_rail.machine.BatchState['DRAFTED'], max_length=32)),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('count', models.PositiveIntegerField(verbose_name='orders')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount in minor units')),
                ('made_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='made')),
                ('approved_at', models.DateTimeField(null=True, verbose_name='approved')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('sealed_file', models.TextField(blank=True, verbose_name='sealed file')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='hash of the file')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'verbose_name': 'batch of orders',
                'verbose_name_plural': 'batches of orders',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'approved', 'sent', 'closed', 'cancelled'])), name='bank_batch_state'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='bank_batch_by_two_people'), models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'cancelled']), ('approved_by__isnull', False), _connector='OR'), name='bank_batch_approved_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='bor')),
                ('kind', models.CharField(choices=[('payout', 'Payout'), ('refund', 'Refund'), ('return', 'Sent back')], max_length=8, verbose_name='kind')),
                ('reference', models.CharField(max_length=80, unique=True, verbose_name='reference')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='words for the transfer')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount in minor units')),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('holder', models.CharField(max_length=120, verbose_name='name on the account')),
                ('bank_name', models.CharField(blank=True, max_length=120, verbose_name='bank')),
                ('sealed_number', models.TextField(verbose_name='sealed number')),
                ('last4', models.CharField(max_length=4, verbose_name='last four digits')),
                ('state', marketplace.core.fields.StateField(default=marketplace.bank_rail.machine.OrderState['QUEUED'], max_length=32)),
                ('failure', models.CharField(blank=True, max_length=80, verbose_name='failure')),
                ('serial', models.CharField(blank=True, max_length=80, verbose_name="the bank's number")),
                ('on_statement', models.BooleanField(default=False, verbose_name='on a statement')),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='bank_rail.batch', verbose_name='batch')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='bank_rail.bankline', verbose_name='line that goes back')),
                ('payee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='bank_rail.payee', verbose_name='payee')),
            ],
            options={
                'verbose_name': 'order to the bank',
                'verbose_name_plural': 'orders to the bank',
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['currency', 'id'], name='bank_order_queued'), models.Index(fields=['batch', 'id'], name='bank_order_by_batch')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'batched', 'paid', 'failed'])), name='bank_order_state'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='bank_order_positive'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'payout'), ('line__isnull', True), ('payee__isnull', False)), models.Q(models.Q(('kind', 'payout'), _negated=True), ('line__isnull', False), ('payee__isnull', True)), _connector='OR'), name='bank_order_to_whom'), models.CheckConstraint(condition=models.Q(models.Q(('batch__isnull', True), ('state', 'queued')), models.Q(models.Q(('state', 'queued'), _negated=True), ('batch__isnull', False)), _connector='OR'), name='bank_order_in_a_batch')],
            },
        ),
        migrations.AddField(
            model_name='bankline',
            name='order',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statement_lines', to='bank_rail.order', verbose_name='order'),
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('charge', 'Paid in'), ('refund', 'Refund'), ('refund_returned', 'Refund that came back'), ('transfer', 'Transfer to a payee'), ('transfer_reversed', 'Transfer taken back'), ('payout', 'Payout'), ('payout_returned', 'Payout that came back'), ('other', 'Something else')], max_length=20, verbose_name='kind')),
                ('subject', models.CharField(max_length=80, verbose_name='subject')),
                ('reference', models.CharField(max_length=80, verbose_name='reference')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount in minor units')),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='at')),
                ('payee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='bank_rail.payee', verbose_name='payee')),
            ],
            options={
                'verbose_name': 'entry',
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['payee', 'currency'], name='bank_entry_by_payee')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor', 0), _negated=True), name='bank_entry_moves_something')],
            },
        ),
        migrations.CreateModel(
            name='PayIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='bpi')),
                ('reference', models.CharField(max_length=80, unique=True, verbose_name='reference')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='words for the transfer')),
                ('payer', models.CharField(max_length=120, verbose_name='payer')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount in minor units')),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('state', marketplace.core.fields.StateField(default=marketplace.bank_rail.machine.PayInState['OPEN'], max_length=32)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('expires_at', models.DateTimeField(verbose_name='waited for until')),
            ],
            options={
                'verbose_name': 'transfer in',
                'verbose_name_plural': 'transfers in',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'paid', 'expired'])), name='bank_pay_in_state'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='bank_pay_in_positive')],
            },
        ),
        migrations.AddField(
            model_name='bankline',
            name='pay_in',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='bank_rail.payin', verbose_name='transfer in'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payin',
            trigger=pgtrigger.compiler.Trigger(name='facts_stand', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."amount_minor" IS DISTINCT FROM (NEW."amount_minor") OR OLD."currency" IS DISTINCT FROM (NEW."currency"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='27872909ad3029d5acd7a98a4fe3a11fb4ba30d7', operation='UPDATE', pgid='pgtrigger_facts_stand_a4162', table='bank_rail_payin', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payin',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='46912e7f4baa7f5264c4e32f3e03c2e5036c4c7d', operation='DELETE', pgid='pgtrigger_never_deleted_a52af', table='bank_rail_payin', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='transfer',
            name='payee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='bank_rail.payee'),
        ),
        migrations.AddField(
            model_name='reversal',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='bank_rail.transfer'),
        ),
        migrations.AddField(
            model_name='upload',
            name='batch',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='bank_rail.batch', verbose_name='batch'),
        ),
        migrations.AddField(
            model_name='upload',
            name='booked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='booked by'),
        ),
        migrations.AddField(
            model_name='upload',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by'),
        ),
        migrations.AddField(
            model_name='bankline',
            name='upload',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='bank_rail.upload', verbose_name='statement'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='facts_stand', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."count" IS DISTINCT FROM (NEW."count") OR OLD."amount_minor" IS DISTINCT FROM (NEW."amount_minor") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='88fbf843a44609135fed74fc36faff214f90c824', operation='UPDATE', pgid='pgtrigger_facts_stand_a23e6', table='bank_rail_batch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2ceace7c1777d97f3c66eb26153da95492271fa3', operation='DELETE', pgid='pgtrigger_never_deleted_c3313', table='bank_rail_batch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='facts_stand', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."payee_id" IS DISTINCT FROM (NEW."payee_id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."amount_minor" IS DISTINCT FROM (NEW."amount_minor") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."sealed_number" IS DISTINCT FROM (NEW."sealed_number"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='77029e42e1c0b1b9c1f286a288053f5d0ccb617b', operation='UPDATE', pgid='pgtrigger_facts_stand_f5529', table='bank_rail_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='465e02681df08ad45323d99c5969553d30f92da9', operation='DELETE', pgid='pgtrigger_never_deleted_38a7a', table='bank_rail_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5bec10acbb4f0b4a06ac8d250119194c12feadd0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0e6c2', table='bank_rail_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='4d9abcd1a9235fa074ed0d4d19b9d3c00916e97f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_91147', table='bank_rail_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='37e8b472ad570f9e8e911bafbde89c777705cd62', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d7e7c', table='bank_rail_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='175ca028887c96de71a09934166cd825cd1c5f46', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_4a7ca', table='bank_rail_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reversal',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c7010d12f32d8252b7effedd46336b99bb30b10d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a4c3a', table='bank_rail_reversal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reversal',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='e77fcaf24eabfd7303bc6bd3fedd4d0f97beee7b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_cabc3', table='bank_rail_reversal', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'booked'), ('booked_by__isnull', True), _connector='XOR'), name='bank_upload_booked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'confirmation'), ('batch__isnull', True), _connector='XOR'), name='bank_upload_confirms_a_batch'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='upload',
            trigger=pgtrigger.compiler.Trigger(name='facts_stand', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."sealed_content" IS DISTINCT FROM (NEW."sealed_content") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."batch_id" IS DISTINCT FROM (NEW."batch_id") OR OLD."opening_minor" IS DISTINCT FROM (NEW."opening_minor") OR OLD."closing_minor" IS DISTINCT FROM (NEW."closing_minor"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4ae5b8f398998dbea844946b6c8a8546aafbf469', operation='UPDATE', pgid='pgtrigger_facts_stand_66579', table='bank_rail_upload', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='upload',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b9c7636b9e568adf1e3be598455e400e081b547d', operation='DELETE', pgid='pgtrigger_never_deleted_3059c', table='bank_rail_upload', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['matched', 'mismatched', 'assigned'])), fields=('pay_in',), name='bank_line_one_per_pay_in'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankline',
            trigger=pgtrigger.compiler.Trigger(name='facts_stand', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."identity" IS DISTINCT FROM (NEW."identity") OR OLD."posted_on" IS DISTINCT FROM (NEW."posted_on") OR OLD."amount_minor" IS DISTINCT FROM (NEW."amount_minor") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."sealed_number" IS DISTINCT FROM (NEW."sealed_number") OR OLD."memo" IS DISTINCT FROM (NEW."memo") OR OLD."upload_id" IS DISTINCT FROM (NEW."upload_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ff2f546c64900bd2419dc30a105759c9dc6e3339', operation='UPDATE', pgid='pgtrigger_facts_stand_c3834', table='bank_rail_bankline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankline',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='28a0c9f8b2757e3ac07895b89bc779d7285359b4', operation='DELETE', pgid='pgtrigger_never_deleted_393fc', table='bank_rail_bankline', when='BEFORE')),
        ),
    ]
