import django.db.models.deletion
import marketplace.core.clock
import marketplace.core.fields
import marketplace.verification.machine
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
        ('media', '0001_squashed_0004_covered_papers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='ver')),
                ('kind', models.CharField(choices=[('merchant', 'Merchant'), ('anchor', 'Anchor'), ('payee', 'Payee')], max_length=10, verbose_name='kind')),
                ('state', marketplace.core.fields.StateField(default=marketplace.verification.machine.VerificationState['DRAFT'], max_length=32)),
                ('legal_name', models.CharField(blank=True, max_length=160, verbose_name='legal name')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('registration_number', models.CharField(blank=True, max_length=60, verbose_name='registration number')),
                ('tax_id', models.CharField(blank=True, max_length=60, verbose_name='tax id')),
                ('birth_on', models.DateField(blank=True, null=True, verbose_name='date of birth')),
                ('guardian_name', models.CharField(blank=True, max_length=160, verbose_name="guardian's legal name")),
                ('guardian_email', models.EmailField(blank=True, max_length=254, verbose_name="guardian's e-mail")),
                ('started_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='begun')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='handed in')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('reason', models.CharField(blank=True, choices=[('unreadable', 'A paper cannot be read: blurred, cut off or too dark'), ('name', 'The name on the paper is not the name in the form'), ('out_of_date', 'A paper is out of date'), ('wrong_paper', 'This is another kind of paper than was asked for'), ('not_registered', 'The public register does not know this company'), ('guardian', 'The guardian could not be confirmed'), ('other', 'Another reason')], max_length=20, verbose_name='reason')),
                ('reason_words', models.CharField(blank=True, max_length=500, verbose_name='reason in words')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('legal_entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.legalentity', verbose_name='legal entity')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verifications', to='accounts.party', verbose_name='party')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed in by')),
            ],
            options={
                'verbose_name': 'verification',
                'verbose_name_plural': 'verifications',
                'indexes': [models.Index(condition=models.Q(('state', 'submitted')), fields=['submitted_at'], name='verification_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'rejected', 'expired'])), name='verification_state'), models.CheckConstraint(condition=models.Q(('kind__in', ['merchant', 'anchor', 'payee'])), name='verification_kind'), models.UniqueConstraint(condition=models.Q(('state', 'expired'), _negated=True), fields=('party', 'kind'), name='verification_one_alive'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'rejected']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='verification_decided_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='verification_rejected_why')],
            },
        ),
        migrations.CreateModel(
            name='VerificationDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='vdc')),
                ('kind', models.CharField(choices=[('registration', 'Business licence or extract from the register'), ('identity', 'Identity card or passport'), ('guardian_identity', "Guardian's identity card or passport"), ('holder', "Proof of the account holder's name")], max_length=20, verbose_name='kind')),
                ('added_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='added')),
                ('erased_at', models.DateTimeField(null=True, verbose_name='erased')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('asset', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='media.asset', verbose_name='file')),
                ('verification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='verification.verification', verbose_name='verification')),
            ],
            options={
                'verbose_name': 'paper',
                'verbose_name_plural': 'papers',
                'ordering': ['added_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['registration', 'identity', 'guardian_identity', 'holder'])), name='verification_document_kind')],
            },
        ),
        migrations.CreateModel(
            name='DocumentView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='time')),
                ('request_id', models.CharField(max_length=40, verbose_name='request')),
                ('viewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='viewer')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='views', to='verification.verificationdocument', verbose_name='document')),
            ],
            options={
                'verbose_name': 'look at a paper',
                'verbose_name_plural': 'looks at papers',
                'indexes': [models.Index(fields=['document', 'at'], name='document_view_log')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentview',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0a2240d61d670a14c695f6e3ecbd44e1cf70bd4b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ff9f', table='verification_documentview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentview',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='6645eab05306b9a47f9bcd606122ec775f457302', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_96014', table='verification_documentview', when='BEFORE')),
        ),
    ]
