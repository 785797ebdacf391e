import django.db.models.deletion
import marketplace.compliance.machine
import marketplace.core.clock
import marketplace.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='rpt')),
                ('kind', models.CharField(max_length=16, verbose_name='kind')),
                ('subject', models.CharField(max_length=40, verbose_name='subject')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('url', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('snapshot', models.JSONField(default=dict, verbose_name='as it was')),
                ('reason', models.CharField(choices=[('fraud', 'Fraud: it asks for money outside, or sells what is not there'), ('fake_numbers', 'Figures that are not true'), ('prohibited', 'Something that may not be sold or shown'), ('impersonation', 'It pretends to be somebody else'), ('harassment', 'Harassment or hate'), ('other', 'Something else')], max_length=16, verbose_name='reason')),
                ('words', models.TextField(blank=True, max_length=1000, verbose_name='in words')),
                ('state', marketplace.core.fields.StateField(default=marketplace.compliance.machine.ReportState['REPORTED'], max_length=32)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='reported on')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided on')),
                ('decision', models.CharField(blank=True, max_length=500, verbose_name='answer')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party', verbose_name='party')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to=settings.AUTH_USER_MODEL, verbose_name='reported by')),
                ('reporter_party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party', verbose_name='for')),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
                'indexes': [models.Index(condition=models.Q(('state', 'reported')), fields=['created_at'], name='report_queue'), models.Index(fields=['reporter', '-created_at'], name='report_by_reporter'), models.Index(fields=['party', '-id'], name='report_by_party')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['reported', 'dismissed', 'actioned'])), name='report_state'), models.CheckConstraint(condition=models.Q(('reason__in', ['fraud', 'fake_numbers', 'prohibited', 'impersonation', 'harassment', 'other'])), name='report_reason'), models.UniqueConstraint(condition=models.Q(('state', 'reported')), fields=('reporter', 'kind', 'subject'), name='report_one_open'), models.CheckConstraint(condition=models.Q(('state', 'reported'), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='report_decided_by_someone')],
            },
        ),
    ]
