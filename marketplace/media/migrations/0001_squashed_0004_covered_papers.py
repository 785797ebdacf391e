import django.db.models.deletion
import marketplace.core.clock
import marketplace.core.fields
import marketplace.media.machine
import marketplace.media.models.asset
import marketplace.media.models.upload
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('media', '0001_initial'),
        ('media', '0002_uploads'),
        ('media', '0003_overlay'),
        ('media', '0004_covered_papers'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='ast')),
                ('kind', models.CharField(choices=[('picture', 'Picture'), ('document', 'Document'), ('video', 'Video')], max_length=10)),
                ('purpose', models.CharField(max_length=40)),
                ('access', models.CharField(choices=[('public', 'Public'), ('party', 'Party'), ('sealed', 'Sealed')], default='public', max_length=10)),
                ('state', marketplace.core.fields.StateField(default=marketplace.media.machine.AssetState['UPLOADED'], max_length=32)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('token', models.CharField(default=marketplace.media.models.asset.new_token, max_length=40, unique=True)),
                ('original', models.CharField(blank=True, max_length=80)),
                ('mime', models.CharField(max_length=40)),
                ('size_bytes', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField(default=0)),
                ('height', models.PositiveIntegerField(default=0)),
                ('alt', models.CharField(blank=True, max_length=200)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('colour', models.CharField(blank=True, max_length=7)),
                ('placeholder', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='accounts.party')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['party', '-id'], name='asset_by_party')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'processing', 'ready', 'refused', 'erased'])), name='asset_state'), models.CheckConstraint(condition=models.Q(('access__in', ['public', 'party', 'sealed'])), name='asset_access'), models.CheckConstraint(condition=models.Q(('kind__in', ['picture', 'document', 'video'])), name='asset_kind'), models.CheckConstraint(condition=models.Q(('size_bytes__gt', 0)), name='asset_has_bytes')],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('avif', 'Avif'), ('webp', 'Webp'), ('pdf', 'Pdf')], max_length=4)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('overlay', models.BooleanField(default=False)),
                ('file', models.CharField(max_length=80)),
                ('size_bytes', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='media.asset')),
            ],
            options={
                'ordering': ['width', 'format'],
                'constraints': [models.UniqueConstraint(fields=('asset', 'width', 'format', 'overlay'), name='rendition_once'), models.CheckConstraint(condition=models.Q(('format__in', ['avif', 'webp', 'pdf'])), name='rendition_format')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='upl')),
                ('purpose', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('size_bytes', models.BigIntegerField()),
                ('received_bytes', models.BigIntegerField(default=0)),
                ('state', marketplace.core.fields.StateField(default=marketplace.media.machine.UploadState['RECEIVING'], max_length=32)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('token', models.CharField(default=marketplace.media.models.asset.new_token, max_length=40, unique=True)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('expires_at', models.DateTimeField(default=marketplace.media.models.upload.in_a_day)),
                ('asset', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='media.asset')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='accounts.party')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['party', 'created_at'], name='upload_by_party'), models.Index(condition=models.Q(('state', 'receiving')), fields=['expires_at'], name='upload_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['receiving', 'finished', 'refused', 'cancelled', 'expired'])), name='upload_state'), models.CheckConstraint(condition=models.Q(('received_bytes__gte', 0), ('received_bytes__lte', models.F('size_bytes')), ('size_bytes__gt', 0)), name='upload_bytes'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'finished'), _negated=True), ('asset__isnull', False), _connector='OR'), name='upload_asset')],
            },
        ),
    ]
