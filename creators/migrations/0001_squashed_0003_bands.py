import creators.machine
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import marketplace.core.clock
import marketplace.core.fields
from django.conf import settings
from django.db import migrations, models
from marketplace.core.search import vacuumed_often, word_statistics


class Migration(migrations.Migration):

    replaces = [
        ('creators', '0001_initial'),
        ('creators', '0002_word_statistics'),
        ('creators', '0003_bands'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_search'),
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyAnchor',
            fields=[
            ],
            options={
                'verbose_name': 'anchor',
                'verbose_name_plural': 'anchors',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('accounts.representation',),
        ),
        migrations.CreateModel(
            name='AgencyRequest',
            fields=[
            ],
            options={
                'verbose_name': 'request',
                'verbose_name_plural': 'requests',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('accounts.representation',),
        ),
        migrations.CreateModel(
            name='AgencyProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('food', 'Food and drink'), ('beauty', 'Beauty and care'), ('fashion', 'Clothes and shoes'), ('home', 'Home and living'), ('tech', 'Phones and electronics'), ('parenting', 'Mother and child'), ('sport', 'Sport and outdoors'), ('culture', 'Books and culture'), ('travel', 'Travel and local'), ('farm', 'From the farm')], max_length=12), default=list, size=None, verbose_name='What you are good at')),
                ('region', models.CharField(blank=True, choices=[('CN-BJ', 'Beijing'), ('CN-TJ', 'Tianjin'), ('CN-HE', 'Hebei'), ('CN-SX', 'Shanxi'), ('CN-NM', 'Inner Mongolia'), ('CN-LN', 'Liaoning'), ('CN-JL', 'Jilin'), ('CN-HL', 'Heilongjiang'), ('CN-SH', 'Shanghai'), ('CN-JS', 'Jiangsu'), ('CN-ZJ', 'Zhejiang'), ('CN-AH', 'Anhui'), ('CN-FJ', 'Fujian'), ('CN-JX', 'Jiangxi'), ('CN-SD', 'Shandong'), ('CN-HA', 'Henan'), ('CN-HB', 'Hubei'), ('CN-HN', 'Hunan'), ('CN-GD', 'Guangdong'), ('CN-GX', 'Guangxi'), ('CN-HI', 'Hainan'), ('CN-CQ', 'Chongqing'), ('CN-SC', 'Sichuan'), ('CN-GZ', 'Guizhou'), ('CN-YN', 'Yunnan'), ('CN-XZ', 'Tibet'), ('CN-SN', 'Shaanxi'), ('CN-GS', 'Gansu'), ('CN-QH', 'Qinghai'), ('CN-NX', 'Ningxia'), ('CN-XJ', 'Xinjiang'), ('CN-HK', 'Hong Kong'), ('CN-MO', 'Macao'), ('CN-TW', 'Taiwan'), ('east-asia', 'Japan and Korea'), ('south-east-asia', 'South-East Asia'), ('europe', 'Europe'), ('north-america', 'North America'), ('elsewhere', 'Elsewhere')], max_length=16, verbose_name='Where you are')),
                ('site', models.URLField(blank=True, verbose_name='Web site')),
                ('about', models.TextField(blank=True, max_length=600, verbose_name='What you do for anchors')),
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agency_profile', to='accounts.party')),
            ],
        ),
        migrations.CreateModel(
            name='AnchorFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('food', 'Food and drink'), ('beauty', 'Beauty and care'), ('fashion', 'Clothes and shoes'), ('home', 'Home and living'), ('tech', 'Phones and electronics'), ('parenting', 'Mother and child'), ('sport', 'Sport and outdoors'), ('culture', 'Books and culture'), ('travel', 'Travel and local'), ('farm', 'From the farm')], max_length=12), default=list, size=None, verbose_name='What you show')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('cmn', 'Mandarin'), ('yue', 'Cantonese'), ('eng', 'English'), ('jpn', 'Japanese'), ('kor', 'Korean'), ('tha', 'Thai'), ('vie', 'Vietnamese'), ('ind', 'Indonesian'), ('spa', 'Spanish'), ('fra', 'French'), ('deu', 'German')], max_length=3), blank=True, default=list, size=None, verbose_name='Languages that you speak on air')),
                ('region', models.CharField(blank=True, choices=[('CN-BJ', 'Beijing'), ('CN-TJ', 'Tianjin'), ('CN-HE', 'Hebei'), ('CN-SX', 'Shanxi'), ('CN-NM', 'Inner Mongolia'), ('CN-LN', 'Liaoning'), ('CN-JL', 'Jilin'), ('CN-HL', 'Heilongjiang'), ('CN-SH', 'Shanghai'), ('CN-JS', 'Jiangsu'), ('CN-ZJ', 'Zhejiang'), ('CN-AH', 'Anhui'), ('CN-FJ', 'Fujian'), ('CN-JX', 'Jiangxi'), ('CN-SD', 'Shandong'), ('CN-HA', 'Henan'), ('CN-HB', 'Hubei'), ('CN-HN', 'Hunan'), ('CN-GD', 'Guangdong'), ('CN-GX', 'Guangxi'), ('CN-HI', 'Hainan'), ('CN-CQ', 'Chongqing'), ('CN-SC', 'Sichuan'), ('CN-GZ', 'Guizhou'), ('CN-YN', 'Yunnan'), ('CN-XZ', 'Tibet'), ('CN-SN', 'Shaanxi'), ('CN-GS', 'Gansu'), ('CN-QH', 'Qinghai'), ('CN-NX', 'Ningxia'), ('CN-XJ', 'Xinjiang'), ('CN-HK', 'Hong Kong'), ('CN-MO', 'Macao'), ('CN-TW', 'Taiwan'), ('east-asia', 'Japan and Korea'), ('south-east-asia', 'South-East Asia'), ('europe', 'Europe'), ('north-america', 'North America'), ('elsewhere', 'Elsewhere')], max_length=16, verbose_name='Where you are')),
                ('bio', models.TextField(blank=True, max_length=600, verbose_name='Two sentences about you')),
                ('cover', models.CharField(blank=True, max_length=40)),
                ('free', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None)),
                ('is_public', models.BooleanField(default=True, verbose_name='Everybody may see it')),
                ('platforms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('douyin', 'Douyin'), ('kuaishou', 'Kuaishou'), ('xiaohongshu', 'Xiaohongshu'), ('bilibili', 'Bilibili'), ('weixin', 'Weixin Channels'), ('taobao', 'Taobao Live'), ('tiktok', 'TikTok'), ('youtube', 'YouTube'), ('instagram', 'Instagram')], max_length=12), default=list, editable=False, size=None)),
                ('verified', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('douyin', 'Douyin'), ('kuaishou', 'Kuaishou'), ('xiaohongshu', 'Xiaohongshu'), ('bilibili', 'Bilibili'), ('weixin', 'Weixin Channels'), ('taobao', 'Taobao Live'), ('tiktok', 'TikTok'), ('youtube', 'YouTube'), ('instagram', 'Instagram')], max_length=12), default=list, editable=False, size=None)),
                ('followers', models.BigIntegerField(default=0, editable=False)),
                ('prices', models.JSONField(default=dict, editable=False)),
                ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, editable=False, size=None)),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('listed_at', models.DateTimeField(editable=False, null=True)),
                ('updated_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('search', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Coalesce(models.F('search_text'), models.Value('')), function='search_document'), output_field=django.contrib.postgres.search.SearchVectorField(), verbose_name='search words')),
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='anchor_file', to='accounts.party')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('listed_at__isnull', False)), fields=['-listed_at', '-id'], include=('party', 'categories', 'platforms', 'languages', 'verified', 'region', 'followers', 'bands'), name='anchor_file_newest'), models.Index(condition=models.Q(('listed_at__isnull', False)), fields=['-followers', '-id'], name='anchor_file_followers_order'), models.Index(condition=models.Q(('listed_at__isnull', False)), fields=['region', '-listed_at', '-id'], include=('party', 'categories', 'platforms', 'languages', 'verified', 'followers', 'bands'), name='anchor_file_region_order'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('listed_at__isnull', False)), fields=['search'], name='anchor_file_search'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('listed_at__isnull', False)), fields=['categories', 'platforms', 'languages', 'verified', 'bands'], name='anchor_file_facets')],
                'constraints': [models.CheckConstraint(condition=models.Q(('followers__gte', 0)), name='anchor_file_followers'), models.CheckConstraint(condition=models.Q(('region__in', ['', 'CN-BJ', 'CN-TJ', 'CN-HE', 'CN-SX', 'CN-NM', 'CN-LN', 'CN-JL', 'CN-HL', 'CN-SH', 'CN-JS', 'CN-ZJ', 'CN-AH', 'CN-FJ', 'CN-JX', 'CN-SD', 'CN-HA', 'CN-HB', 'CN-HN', 'CN-GD', 'CN-GX', 'CN-HI', 'CN-CQ', 'CN-SC', 'CN-GZ', 'CN-YN', 'CN-XZ', 'CN-SN', 'CN-GS', 'CN-QH', 'CN-NX', 'CN-XJ', 'CN-HK', 'CN-MO', 'CN-TW', 'east-asia', 'south-east-asia', 'europe', 'north-america', 'elsewhere'])), name='anchor_file_region')],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='chn')),
                ('platform', models.CharField(choices=[('douyin', 'Douyin'), ('kuaishou', 'Kuaishou'), ('xiaohongshu', 'Xiaohongshu'), ('bilibili', 'Bilibili'), ('weixin', 'Weixin Channels'), ('taobao', 'Taobao Live'), ('tiktok', 'TikTok'), ('youtube', 'YouTube'), ('instagram', 'Instagram')], max_length=12, verbose_name='Platform')),
                ('handle', models.CharField(max_length=60, verbose_name='Your name there')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='Address of the page')),
                ('followers', models.BigIntegerField(default=0, verbose_name='Followers')),
                ('state', marketplace.core.fields.StateField(default=creators.machine.Proof['DECLARED'], max_length=32)),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='looked at on')),
                ('updated_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='changed on')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='creators.anchorfile', verbose_name='anchor')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looked at by')),
            ],
            options={
                'verbose_name': 'channel',
                'verbose_name_plural': 'channels',
                'indexes': [models.Index(fields=['state', '-id'], name='channel_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['declared', 'verified'])), name='channel_state'), models.CheckConstraint(condition=models.Q(('followers__gte', 0)), name='channel_followers'), models.CheckConstraint(condition=models.Q(models.Q(('state', creators.machine.Proof['VERIFIED']), _negated=True), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='channel_verified_by_someone'), models.UniqueConstraint(models.F('file'), models.F('platform'), django.db.models.functions.text.Lower('handle'), name='channel_once'), models.UniqueConstraint(models.F('platform'), django.db.models.functions.text.Lower('handle'), condition=models.Q(('state', creators.machine.Proof['VERIFIED'])), name='channel_verified_once')],
            },
        ),
        migrations.CreateModel(
            name='FanPortrait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gender', models.JSONField(blank=True, default=dict)),
                ('age', models.JSONField(blank=True, default=dict)),
                ('region', models.JSONField(blank=True, default=dict)),
                ('interest', models.JSONField(blank=True, default=dict)),
                ('hour', models.JSONField(blank=True, default=dict)),
                ('declared_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='portrait', to='creators.anchorfile')),
            ],
        ),
        migrations.CreateModel(
            name='PortfolioItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='pfi')),
                ('position', models.PositiveSmallIntegerField()),
                ('caption', models.CharField(max_length=80, verbose_name='What it is')),
                ('note', models.CharField(blank=True, max_length=80, verbose_name='What came of it')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='Link')),
                ('picture', models.CharField(blank=True, max_length=40)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='portfolio', to='creators.anchorfile')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('link', ''), _negated=True), models.Q(('picture', ''), _negated=True), _connector='OR'), name='portfolio_item_shows_something'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('file', 'position'), name='portfolio_item_order')],
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('live_segment', 'Live segment'), ('whole_live', 'Whole live'), ('video', 'Video'), ('image_text', 'Image and text')], max_length=16, verbose_name='Form')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Minutes')),
                ('price_minor', models.BigIntegerField()),
                ('currency', marketplace.core.fields.CurrencyField(max_length=3)),
                ('is_from', models.BooleanField(default=True, verbose_name='from')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rates', to='creators.anchorfile')),
            ],
            options={
                'indexes': [models.Index(fields=['form', 'currency', 'price_minor', 'file'], name='rate_by_price')],
                'constraints': [models.UniqueConstraint(fields=('file', 'form'), name='rate_once'), models.CheckConstraint(condition=models.Q(('price_minor__gt', 0)), name='rate_has_a_price'), models.CheckConstraint(condition=models.Q(('form__in', ['live_segment', 'whole_live', 'video', 'image_text'])), name='rate_form')],
            },
        ),
        migrations.CreateModel(
            name='TimeOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='tof')),
                ('starts_on', models.DateField(verbose_name='First day')),
                ('ends_on', models.DateField(verbose_name='Last day')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='times_off', to='creators.anchorfile')),
            ],
            options={
                'ordering': ['starts_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='time_off_in_order')],
            },
        ),
        word_statistics('creators_anchorfile'),
        vacuumed_often('creators_anchorfile'),
    ]
