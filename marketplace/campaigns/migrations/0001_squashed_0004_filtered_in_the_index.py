import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import marketplace.campaigns.machine
import marketplace.core.clock
import marketplace.core.fields
from django.conf import settings
from django.db import migrations, models
from marketplace.core.search import vacuumed_often, word_statistics


class Migration(migrations.Migration):

    replaces = [
        ('campaigns', '0001_initial'),
        ('campaigns', '0002_products'),
        ('campaigns', '0003_word_statistics'),
        ('campaigns', '0004_filtered_in_the_index'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_search'),
        ('accounts', '0001_squashed_0009_scopes_of_ends_and_earnings'),
        ('media', '0001_squashed_0004_covered_papers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='app')),
                ('origin', models.CharField(choices=[('applied', 'Applied'), ('invited', 'Invited')], max_length=8, verbose_name='how it began')),
                ('state', marketplace.core.fields.StateField(default=marketplace.campaigns.machine.ApplicationState['INVITED'], max_length=32)),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='message')),
                ('quote_minor', models.BigIntegerField(blank=True, null=True, verbose_name='quote in minor units')),
                ('portfolio', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='portfolio items')),
                ('invitation_words', models.TextField(blank=True, max_length=600, verbose_name='words of the invitation')),
                ('closing_words', models.CharField(blank=True, max_length=400, verbose_name='closing words')),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='applied')),
                ('moved_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='moved')),
                ('decide_by', models.DateTimeField(blank=True, null=True, verbose_name='decide by')),
                ('unanswered_at', models.DateTimeField(blank=True, null=True, verbose_name='unanswered since')),
                ('contract', models.CharField(blank=True, max_length=40, verbose_name='contract')),
                ('anchor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='accounts.party', verbose_name='anchor')),
                ('by_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party', verbose_name='applied by')),
            ],
            options={
                'verbose_name': 'application',
                'verbose_name_plural': 'applications',
                'indexes': [models.Index(fields=['anchor', '-id'], name='application_by_anchor'), models.Index(fields=['by_party', '-id'], name='application_by_party')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'applied', 'shortlisted', 'waitlisted', 'offered', 'countered', 'accepted', 'declined', 'withdrawn', 'expired'])), name='application_state'), models.CheckConstraint(condition=models.Q(('quote_minor__isnull', True), ('quote_minor__gte', 0), _connector='OR'), name='application_quote')],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='cmp')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='accounts.party')),
            ],
            options={
                'verbose_name': 'campaign',
                'verbose_name_plural': 'campaigns',
                'constraints': [models.UniqueConstraint(fields=('party', 'name'), name='campaign_once_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='off')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('side', models.CharField(choices=[('merchant', 'Merchant'), ('anchor', 'Anchor')], max_length=8, verbose_name='side')),
                ('terms', models.JSONField(verbose_name='terms')),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='message')),
                ('state', marketplace.core.fields.StateField(default=marketplace.campaigns.machine.OfferState['OPEN'], max_length=32)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('expires_at', models.DateTimeField(verbose_name='lapses')),
                ('extended_at', models.DateTimeField(blank=True, null=True, verbose_name='extended')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='campaigns.application', verbose_name='application')),
                ('by_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party', verbose_name='party')),
                ('by_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'offer',
                'verbose_name_plural': 'offers',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'countered', 'declined', 'rescinded', 'expired'])), name='offer_state'), models.UniqueConstraint(fields=('application', 'number'), name='offer_number'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('application',), name='offer_one_open')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='ssr')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(max_length=500)),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'query'), name='saved_search_once')],
            },
        ),
        migrations.CreateModel(
            name='VTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='vtk')),
                ('merchant_name', models.CharField(max_length=80, verbose_name='merchant')),
                ('title', models.CharField(blank=True, max_length=80, verbose_name='Title')),
                ('form', models.CharField(blank=True, choices=[('live_segment', 'Live segment'), ('whole_live', 'Whole live'), ('video', 'Video'), ('image_text', 'Image and text')], max_length=16, verbose_name='Form')),
                ('mode', models.CharField(choices=[('assigned', 'You choose'), ('open_call', 'Open call'), ('open_submission', 'Open submission')], default='open_call', max_length=16, verbose_name='How anchors come')),
                ('category', models.CharField(blank=True, choices=[('food', 'Food and drink'), ('beauty', 'Beauty and care'), ('fashion', 'Clothes and shoes'), ('home', 'Home and living'), ('tech', 'Phones and electronics'), ('parenting', 'Mother and child'), ('sport', 'Sport and outdoors'), ('culture', 'Books and culture'), ('travel', 'Travel and local'), ('farm', 'From the farm')], max_length=12, verbose_name='Category')),
                ('picture', models.CharField(blank=True, max_length=40, verbose_name='picture')),
                ('goal', models.TextField(blank=True, max_length=1200, verbose_name='What it should achieve')),
                ('audience', models.CharField(blank=True, max_length=200, verbose_name='Whom it should reach')),
                ('selling_points', models.TextField(blank=True, max_length=1200, verbose_name='Selling points')),
                ('do', models.TextField(blank=True, max_length=1200, verbose_name='Do')),
                ('avoid', models.TextField(blank=True, max_length=1200, verbose_name='Don’t')),
                ('references', models.TextField(blank=True, max_length=1200, verbose_name='References')),
                ('mandatory_words', models.CharField(blank=True, max_length=200, verbose_name='Words that must appear')),
                ('disclosure', models.CharField(blank=True, max_length=120, verbose_name='Disclosure')),
                ('platforms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('douyin', 'Douyin'), ('kuaishou', 'Kuaishou'), ('xiaohongshu', 'Xiaohongshu'), ('bilibili', 'Bilibili'), ('weixin', 'Weixin Channels'), ('taobao', 'Taobao Live'), ('tiktok', 'TikTok'), ('youtube', 'YouTube'), ('instagram', 'Instagram')], max_length=12), blank=True, default=list, size=None, verbose_name='Platforms')),
                ('samples', models.CharField(blank=True, max_length=200, verbose_name='Samples')),
                ('apply_by', models.DateField(blank=True, null=True, verbose_name='Apply by')),
                ('publish_from', models.DateField(blank=True, null=True, verbose_name='Published from')),
                ('publish_until', models.DateField(blank=True, null=True, verbose_name='Published until')),
                ('live_start', models.DateTimeField(blank=True, null=True, verbose_name='Live from')),
                ('live_minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Minutes live')),
                ('room_link', models.URLField(blank=True, max_length=300, verbose_name='Room')),
                ('deliverables', models.JSONField(blank=True, default=list, verbose_name='deliverables')),
                ('revision_rounds', models.PositiveSmallIntegerField(default=2, verbose_name='Rounds of changes')),
                ('review_days', models.PositiveSmallIntegerField(default=3, verbose_name='Business days to review')),
                ('stay_up_days', models.PositiveSmallIntegerField(default=30, verbose_name='Days that it stays up')),
                ('seats', models.PositiveSmallIntegerField(default=1, verbose_name='Seats')),
                ('seats_taken', models.PositiveSmallIntegerField(default=0, verbose_name='seats taken')),
                ('price_model', models.CharField(choices=[('fixed', 'Fixed fee'), ('quote_range', 'Quotes in a range'), ('fee_cps', 'Fee and commission'), ('cps', 'Commission only'), ('barter', 'Product only'), ('milestones', 'Milestones')], default='fixed', max_length=12, verbose_name='Price')),
                ('currency', marketplace.core.fields.CurrencyField(default='CNY', max_length=3)),
                ('fee_minor', models.BigIntegerField(default=0, verbose_name='fee in minor units')),
                ('fee_max_minor', models.BigIntegerField(default=0, verbose_name='highest fee in minor units')),
                ('cps_bp', models.PositiveIntegerField(default=0, verbose_name='commission in basis points')),
                ('gift', models.CharField(blank=True, max_length=200, verbose_name='What the anchor receives')),
                ('holdback_bp', models.PositiveIntegerField(default=0, verbose_name='kept back, in basis points')),
                ('reserved_minor', models.BigIntegerField(default=0, verbose_name='reserved, in minor units')),
                ('min_followers', models.PositiveIntegerField(default=0, verbose_name='Followers, at least')),
                ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('CN-BJ', 'Beijing'), ('CN-TJ', 'Tianjin'), ('CN-HE', 'Hebei'), ('CN-SX', 'Shanxi'), ('CN-NM', 'Inner Mongolia'), ('CN-LN', 'Liaoning'), ('CN-JL', 'Jilin'), ('CN-HL', 'Heilongjiang'), ('CN-SH', 'Shanghai'), ('CN-JS', 'Jiangsu'), ('CN-ZJ', 'Zhejiang'), ('CN-AH', 'Anhui'), ('CN-FJ', 'Fujian'), ('CN-JX', 'Jiangxi'), ('CN-SD', 'Shandong'), ('CN-HA', 'Henan'), ('CN-HB', 'Hubei'), ('CN-HN', 'Hunan'), ('CN-GD', 'Guangdong'), ('CN-GX', 'Guangxi'), ('CN-HI', 'Hainan'), ('CN-CQ', 'Chongqing'), ('CN-SC', 'Sichuan'), ('CN-GZ', 'Guizhou'), ('CN-YN', 'Yunnan'), ('CN-XZ', 'Tibet'), ('CN-SN', 'Shaanxi'), ('CN-GS', 'Gansu'), ('CN-QH', 'Qinghai'), ('CN-NX', 'Ningxia'), ('CN-XJ', 'Xinjiang'), ('CN-HK', 'Hong Kong'), ('CN-MO', 'Macao'), ('CN-TW', 'Taiwan'), ('east-asia', 'Japan and Korea'), ('south-east-asia', 'South-East Asia'), ('europe', 'Europe'), ('north-america', 'North America'), ('elsewhere', 'Elsewhere')], max_length=16), blank=True, default=list, size=None, verbose_name='Regions')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('cmn', 'Mandarin'), ('yue', 'Cantonese'), ('eng', 'English'), ('jpn', 'Japanese'), ('kor', 'Korean'), ('tha', 'Thai'), ('vie', 'Vietnamese'), ('ind', 'Indonesian'), ('spa', 'Spanish'), ('fra', 'French'), ('deu', 'German')], max_length=3), blank=True, default=list, size=None, verbose_name='Languages')),
                ('same_category', models.BooleanField(default=False, verbose_name='Shows this category already')),
                ('verified_channel', models.BooleanField(default=False, verbose_name='Has a verified channel')),
                ('rights_where', models.CharField(blank=True, max_length=160, verbose_name='Use by the merchant')),
                ('rights_months', models.PositiveSmallIntegerField(default=6, verbose_name='Months of use')),
                ('paid_use', models.BooleanField(default=False, verbose_name='Paid advertising')),
                ('governing_language', models.CharField(default='zh-hans', max_length=10, verbose_name='The contract’s language')),
                ('state', marketplace.core.fields.StateField(default=marketplace.campaigns.machine.VTaskState['DRAFT'], max_length=32)),
                ('review_hits', models.JSONField(blank=True, default=list, verbose_name='what the review found')),
                ('review_words', models.CharField(blank=True, max_length=500, verbose_name='what must change')),
                ('reviewed_by_person', models.BooleanField(default=False, verbose_name='looked at by a person')),
                ('created_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='created')),
                ('updated_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='changed')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='handed in')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='opened')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('search', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.Func(models.Func(models.Func(django.db.models.functions.comparison.Coalesce(models.F('title'), models.Value('')), models.Func(models.Value(' '), django.db.models.functions.comparison.Coalesce(models.F('merchant_name'), models.Value('')), arg_joiner=' || ', template='(%(expressions)s)'), arg_joiner=' || ', template='(%(expressions)s)'), models.Func(models.Value(' '), django.db.models.functions.comparison.Coalesce(models.F('goal'), models.Value('')), arg_joiner=' || ', template='(%(expressions)s)'), arg_joiner=' || ', template='(%(expressions)s)'), models.Func(models.Value(' '), django.db.models.functions.comparison.Coalesce(models.F('selling_points'), models.Value('')), arg_joiner=' || ', template='(%(expressions)s)'), arg_joiner=' || ', template='(%(expressions)s)'), models.Func(models.Value(' '), django.db.models.functions.comparison.Coalesce(models.F('audience'), models.Value('')), arg_joiner=' || ', template='(%(expressions)s)'), arg_joiner=' || ', template='(%(expressions)s)'), function='search_document'), output_field=django.contrib.postgres.search.SearchVectorField(), verbose_name='search words')),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='campaigns.campaign', verbose_name='campaign')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='v_tasks', to='accounts.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'V task',
                'verbose_name_plural': 'V tasks',
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['-opened_at', '-id'], include=('category', 'form', 'mode', 'platforms', 'regions', 'languages', 'currency', 'fee_max_minor', 'publish_from', 'publish_until', 'reserved_minor'), name='v_task_newest'), models.Index(condition=models.Q(('state', 'open')), fields=['apply_by', 'id'], name='v_task_closing'), models.Index(condition=models.Q(('state', 'open')), fields=['-fee_max_minor', '-id'], name='v_task_fee_order'), models.Index(condition=models.Q(('state', 'open')), fields=['category', '-opened_at', '-id'], include=('form', 'mode', 'platforms', 'regions', 'languages', 'currency', 'fee_max_minor', 'publish_from', 'publish_until', 'reserved_minor'), name='v_task_category'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('state', 'open')), fields=['search'], name='v_task_search'), models.Index(fields=['party', '-id'], name='v_task_by_party'), models.Index(condition=models.Q(('state', 'in_review')), fields=['submitted_at'], name='v_task_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'open', 'paused', 'closed', 'archived', 'rejected'])), name='v_task_state'), models.CheckConstraint(condition=models.Q(('seats_taken__lte', models.F('seats'))), name='v_task_not_oversold'), models.CheckConstraint(condition=models.Q(('seats__gte', 1)), name='v_task_has_a_seat'), models.CheckConstraint(condition=models.Q(('fee_max_minor__gte', models.F('fee_minor')), ('fee_minor__gte', 0)), name='v_task_fee'), models.CheckConstraint(condition=models.Q(('reserved_minor__gte', 0)), name='v_task_reserved'), models.CheckConstraint(condition=models.Q(models.Q(('state', marketplace.campaigns.machine.VTaskState['OPEN']), _negated=True), models.Q(('apply_by__isnull', False), ('opened_at__isnull', False)), _connector='OR'), name='v_task_open_since')],
            },
        ),
        migrations.CreateModel(
            name='TaskProduct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='prd')),
                ('place', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(6)], verbose_name='place')),
                ('name', models.CharField(max_length=80, verbose_name='Product')),
                ('price_minor', models.BigIntegerField(default=0, verbose_name='price in minor units')),
                ('currency', marketplace.core.fields.CurrencyField(default='CNY', max_length=3)),
                ('link', models.CharField(blank=True, max_length=300, verbose_name='Link')),
                ('picture', models.CharField(blank=True, max_length=40, verbose_name='picture')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='campaigns.vtask', verbose_name='V task')),
            ],
            options={
                'verbose_name': 'product',
                'verbose_name_plural': 'products',
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('task', 'place'), name='product_one_a_place'), models.CheckConstraint(condition=models.Q(('place__gte', 1), ('place__lte', 6)), name='product_place'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='product_has_a_name'), models.CheckConstraint(condition=models.Q(('price_minor__gte', 0)), name='product_price'), models.CheckConstraint(condition=models.Q(('link', ''), ('link__startswith', 'https://'), _connector='OR'), name='product_link')],
            },
        ),
        migrations.CreateModel(
            name='SearchHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=marketplace.core.clock.now)),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='campaigns.savedsearch')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.vtask')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('search', 'task'), name='search_hit_once')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='media.asset')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='campaigns.vtask')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('task', 'asset'), name='attachment_once')],
            },
        ),
        migrations.AddField(
            model_name='application',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='campaigns.vtask', verbose_name='V task'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['task', 'state', '-id'], name='application_board'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['declined', 'withdrawn', 'expired']), _negated=True), fields=('task', 'anchor'), name='application_one_live'),
        ),
        word_statistics('campaigns_vtask'),
        vacuumed_often('campaigns_vtask'),
    ]
