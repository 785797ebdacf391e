import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import marketplace.accounts.machine
import marketplace.accounts.models.party
import marketplace.core.clock
import marketplace.core.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models
from marketplace.core.search import word_statistics


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_verified_facts'),
        ('accounts', '0003_directory'),
        ('accounts', '0004_access_tokens'),
        ('accounts', '0005_word_statistics'),
        ('accounts', '0006_deal_scopes'),
        ('accounts', '0007_closed_parties'),
        ('accounts', '0008_holder_of_payee'),
        ('accounts', '0009_scopes_of_ends_and_earnings'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_search'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='pty')),
                ('kind', models.CharField(choices=[('brand', 'Brand'), ('supplier', 'Supplier'), ('anchor', 'Anchor'), ('agency', 'PGC agency')], max_length=10, verbose_name='kind')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('state', marketplace.core.fields.StateField(default=marketplace.accounts.models.party.PartyState['ONBOARDING'], max_length=32)),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=40, verbose_name='time zone')),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
            ],
            options={
                'verbose_name': 'party',
                'verbose_name_plural': 'parties',
                'indexes': [models.Index(condition=models.Q(('state', 'closed')), fields=['id'], name='party_closed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['onboarding', 'active', 'closed'])), name='party_state'), models.CheckConstraint(condition=models.Q(('kind__in', ['brand', 'supplier', 'anchor', 'agency'])), name='party_kind')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='usr')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('is_staff', models.BooleanField(default=False, verbose_name='staff')),
                ('joined_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='joined')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(choices=[('terms', 'Terms'), ('privacy', 'Privacy')], max_length=10, verbose_name='document')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='time')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'constraints': [models.UniqueConstraint(fields=('user', 'document', 'version'), name='consent_once')],
            },
        ),
        migrations.CreateModel(
            name='DataExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='exp')),
                ('state', marketplace.core.fields.StateField(default=marketplace.accounts.machine.ExportState['REQUESTED'], max_length=32)),
                ('content', models.BinaryField(null=True)),
                ('requested_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('ready_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_exports', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'ready', 'expired'])), name='export_state'), models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('user',), name='export_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='ErasureRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='era')),
                ('state', marketplace.core.fields.StateField(default=marketplace.accounts.machine.ErasureState['REQUESTED'], max_length=32)),
                ('requested_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('due_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasure_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'withdrawn', 'done'])), name='erasure_state'), models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('user',), name='erasure_one_open')],
            },
        ),
        migrations.CreateModel(
            name='LegalEntity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='len')),
                ('name', models.CharField(max_length=160, verbose_name='legal name')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('registration_number', models.CharField(blank=True, max_length=60, verbose_name='registration number')),
                ('tax_id', models.CharField(blank=True, max_length=60, verbose_name='tax id')),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legal_entities', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'legal entity',
                'verbose_name_plural': 'legal entities',
                'indexes': [models.Index(fields=['country', 'tax_id'], name='legal_entity_tax_id')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'Owner'), ('manager', 'Manager'), ('finance', 'Finance'), ('member', 'Member'), ('viewer', 'Viewer')], max_length=10, verbose_name='role')),
                ('can_sign', models.BooleanField(default=False, verbose_name='may sign contracts')),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='left')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['owner', 'manager', 'finance', 'member', 'viewer'])), name='membership_role')],
            },
        ),
        migrations.CreateModel(
            name='AccessToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='tok')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('profile:read', 'Read who you are, and public profiles'), ('tasks:read', 'Read V tasks and campaigns'), ('tasks:write', 'Write, publish and run V tasks'), ('tasks:fund', 'Reserve budgets of V tasks from the wallet'), ('applications:read', 'Read applications and offers'), ('applications:write', 'Apply, invite, sort and decline'), ('offers:write', 'Make, change and accept offers'), ('contracts:read', 'Read contracts and their proofs'), ('contracts:write', 'End contracts early, and dispute work'), ('work:write', 'Hand in, change, approve and verify work'), ('earnings:read', 'Read earnings, payouts and statements'), ('searches:read', 'Read saved searches'), ('searches:write', 'Keep and forget saved searches')], max_length=24), size=None)),
                ('prefix', models.CharField(max_length=20)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('credential', models.CharField(max_length=128)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to='accounts.membership')),
            ],
            options={
                'verbose_name': 'access token',
                'verbose_name_plural': 'access tokens',
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='token_expires_later')],
            },
        ),
        migrations.CreateModel(
            name='PartyCard',
            fields=[
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='card', serialize=False, to='accounts.party')),
                ('kind', models.CharField(choices=[('brand', 'Brand'), ('supplier', 'Supplier'), ('anchor', 'Anchor'), ('agency', 'PGC agency')], max_length=10)),
                ('name', models.CharField(max_length=80)),
                ('about', models.TextField(blank=True)),
                ('picture', models.CharField(blank=True, max_length=40)),
                ('face_width', models.PositiveSmallIntegerField(default=0)),
                ('url_name', models.CharField(blank=True, max_length=80)),
                ('facts', models.JSONField(default=dict)),
                ('listed_at', models.DateTimeField(blank=True, null=True)),
                ('updated_at', models.DateTimeField()),
                ('search', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(django.db.models.functions.comparison.Coalesce(models.F('name'), models.Value('')), models.Func(models.Value(' '), django.db.models.functions.comparison.Coalesce(models.F('about'), models.Value('')), arg_joiner=' || ', template='(%(expressions)s)'), arg_joiner=' || ', template='(%(expressions)s)'), function='search_document'), output_field=django.contrib.postgres.search.SearchVectorField(), verbose_name='search words')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('listed_at__isnull', False)), fields=['-listed_at', '-party'], name='party_card_newest'), models.Index(condition=models.Q(('listed_at__isnull', False)), fields=['kind', '-listed_at', '-party'], name='party_card_kind'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('listed_at__isnull', False)), fields=['search'], name='party_card_search'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('listed_at__isnull', False)), fields=['facts'], name='party_card_facts', opclasses=['jsonb_path_ops'])],
            },
        ),
        migrations.AddField(
            model_name='party',
            name='legal_entity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.legalentity', verbose_name='legal entity'),
        ),
        migrations.AddField(
            model_name='membership',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.party', verbose_name='party'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='inv')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('role', models.CharField(choices=[('owner', 'Owner'), ('manager', 'Manager'), ('finance', 'Finance'), ('member', 'Member'), ('viewer', 'Viewer')], max_length=10, verbose_name='role')),
                ('can_sign', models.BooleanField(default=False, verbose_name='may sign contracts')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('state', marketplace.core.fields.StateField(default=marketplace.accounts.machine.InvitationState['PENDING'], max_length=32)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('expires_at', models.DateTimeField(verbose_name='lapses')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='accounts.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'accepted', 'revoked', 'expired'])), name='invitation_state'), models.UniqueConstraint(models.F('party'), django.db.models.functions.text.Lower('email'), condition=models.Q(('state', 'pending')), name='invitation_one_pending')],
            },
        ),
        migrations.CreateModel(
            name='Representation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='rep')),
                ('scope', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('live', 'Live sessions'), ('video', 'Videos'), ('image_text', 'Image and text'), ('programme', 'Programmes')], max_length=12), size=None, verbose_name='scope')),
                ('fee_share_bp', models.PositiveIntegerField(verbose_name='share of fees')),
                ('cps_share_bp', models.PositiveIntegerField(verbose_name='share of commission')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='period')),
                ('notice_days', models.PositiveSmallIntegerField(default=30, verbose_name='notice')),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='message')),
                ('state', marketplace.core.fields.StateField(default=marketplace.accounts.machine.RepresentationState['REQUESTED'], max_length=32)),
                ('proposed_change', models.JSONField(blank=True, null=True, verbose_name='proposed change')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='represents', to='accounts.party', verbose_name='agency')),
                ('anchor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='represented_by', to='accounts.party', verbose_name='anchor')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party', verbose_name='asked by')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party', verbose_name='proposed by')),
            ],
            options={
                'verbose_name': 'representation',
                'verbose_name_plural': 'representations',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'active', 'change_requested', 'ending', 'ended', 'declined', 'withdrawn', 'expired'])), name='representation_state'), models.CheckConstraint(condition=models.Q(('cps_share_bp__lte', 10000), ('fee_share_bp__lte', 10000)), name='representation_share'), models.CheckConstraint(condition=models.Q(('agency', models.F('anchor')), _negated=True), name='representation_two_sides'), models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('agency', 'anchor'), name='representation_one_request'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ['active', 'change_requested', 'ending'])), expressions=[('anchor', '='), ('period', '&&')], name='representation_no_overlap')],
            },
        ),
        migrations.CreateModel(
            name='StaffGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('operations', 'Operations'), ('finance', 'Finance'), ('compliance', 'Compliance')], max_length=12)),
                ('granted_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'role'), name='staff_grant_once')],
            },
        ),
        migrations.CreateModel(
            name='VerifiedFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merchant', 'Merchant'), ('anchor', 'Anchor'), ('payee', 'Payee')], max_length=10)),
                ('verified_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('until', models.DateTimeField(null=True)),
                ('holder', models.CharField(blank=True, max_length=160)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verified_facts', to='accounts.party')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party', 'kind'), name='verified_fact_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['merchant', 'anchor', 'payee'])), name='verified_fact_kind')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='605ae12046e39086d47000bb520c931ba024eddf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eb45e', table='accounts_consent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;", hash='5b01324a286306a93f636b21156b7bf37a5bfe7d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_88bd3', table='accounts_consent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('user', 'party'), name='membership_once'),
        ),
        word_statistics('accounts_partycard'),
    ]
