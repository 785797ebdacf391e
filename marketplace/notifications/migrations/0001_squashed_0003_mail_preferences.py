import django.contrib.postgres.fields
import django.db.models.deletion
import marketplace.core.clock
import marketplace.core.fields
import marketplace.notifications.machine
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('notifications', '0001_initial'),
        ('notifications', '0002_mail_about'),
        ('notifications', '0003_mail_preferences'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='eml')),
                ('to', models.EmailField(max_length=254, verbose_name='reader')),
                ('subject', models.CharField(max_length=200, verbose_name='subject line')),
                ('text', models.TextField(verbose_name='text')),
                ('html', models.TextField(blank=True, verbose_name='HTML')),
                ('secret', models.BooleanField(default=False, verbose_name='secret')),
                ('about', models.CharField(blank=True, max_length=60, verbose_name='about')),
                ('stop_url', models.CharField(blank=True, max_length=300, verbose_name='link that stops such mails')),
                ('state', marketplace.core.fields.StateField(default=marketplace.notifications.machine.MailState['QUEUED'], max_length=32)),
                ('queued_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='queued')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mails',
                'indexes': [models.Index(condition=models.Q(('about', ''), _negated=True), fields=['about'], name='mail_about')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent'])), name='mail_state')],
            },
        ),
        migrations.CreateModel(
            name='MailPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('off', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='no mails about')),
                ('quiet_from', models.TimeField(blank=True, null=True, verbose_name='quiet from')),
                ('quiet_to', models.TimeField(blank=True, null=True, verbose_name='quiet until')),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=40, verbose_name='time zone')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mail_preference', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'mail preference',
                'verbose_name_plural': 'mail preferences',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_to__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_to__isnull', False)), _connector='OR'), name='mail_preference_quiet')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='ntc')),
                ('kind', models.CharField(max_length=60)),
                ('facts', models.JSONField(default=dict)),
                ('path', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-id'], name='notice_feed'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notice_unread')],
            },
        ),
    ]
