import json

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# As they were on the day of this migration.
FOLLOWERS = [digit * 10**power for power in range(3, 9) for digit in (1, 2, 5)] + [10**9]
PRICES = [digit * 10**power for power in range(1, 8) for digit in (1, 2, 5)] + [10**8]
NOT_TWO_DIGITS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}

FILL = f"""
WITH rate AS (
    SELECT file_id, form, currency, price_minor, form || ':' || currency || ':' || coalesce((
        SELECT min(step)::text FROM unnest('{{{",".join(map(str, PRICES))}}}'::bigint[]) AS step
        WHERE step * 10::bigint ^ coalesce(('{json.dumps(NOT_TWO_DIGITS)}'::jsonb ->> currency)::int, 2) >= price_minor
    ), 'more') AS band
    FROM creators_rate
), priced AS (
    SELECT file_id, jsonb_object_agg(form, jsonb_build_object(currency, price_minor)) AS prices,
           array_agg(band) || array_agg(form::text) AS bands
    FROM rate GROUP BY file_id
), filled AS (
    SELECT file.id, coalesce(priced.prices, '{{}}') AS prices, coalesce(priced.bands, '{{}}') || ARRAY(
        SELECT 'followers:' || max(step) FROM unnest('{{{",".join(map(str, FOLLOWERS))}}}'::bigint[]) AS step
        WHERE step <= file.followers HAVING max(step) IS NOT NULL
    ) AS bands
    FROM creators_anchorfile file LEFT JOIN priced ON priced.file_id = file.id
)
UPDATE creators_anchorfile SET
    prices = filled.prices, bands = ARRAY(SELECT band FROM unnest(filled.bands) AS band ORDER BY band COLLATE "C")
FROM filled WHERE filled.id = creators_anchorfile.id AND filled.bands <> '{{}}'
"""


LISTED = models.Q(("listed_at__isnull", False))
FILTERED = ("party", "categories", "platforms", "languages", "verified", "region", "followers", "bands")


OFTEN = """
ALTER TABLE creators_anchorfile SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 500, vacuum_index_cleanup = on)
"""
SELDOM = """
ALTER TABLE creators_anchorfile RESET (
    autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
    autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold, vacuum_index_cleanup)
"""


class Migration(migrations.Migration):
    """Indexes of all rows that are written anew are built afterwards: the update itself takes a third of the time."""

    dependencies = [("creators", "0002_word_statistics"), ("accounts", "0007_closed_parties")]

    operations = [
        # A million rows, and their indexes, need more than the half minute that a statement of a page has.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="anchorfile", name="anchor_file_facets"),
        migrations.RemoveIndex(model_name="anchorfile", name="anchor_file_search"),
        migrations.RemoveIndex(model_name="anchorfile", name="anchor_file_newest"),
        migrations.RemoveIndex(model_name="anchorfile", name="anchor_file_region_order"),
        migrations.AddField(
            model_name="anchorfile", name="prices", field=models.JSONField(default=dict, editable=False)
        ),
        migrations.AddField(
            model_name="anchorfile",
            name="bands",
            field=ArrayField(base_field=models.CharField(max_length=40), default=list, editable=False, size=None),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="anchorfile",
            index=GinIndex(
                condition=LISTED,
                fields=["categories", "platforms", "languages", "verified", "bands"],
                name="anchor_file_facets",
            ),
        ),
        migrations.AddIndex(
            model_name="anchorfile", index=GinIndex(condition=LISTED, fields=["search"], name="anchor_file_search")
        ),
        migrations.AddIndex(
            model_name="anchorfile",
            index=models.Index(
                condition=LISTED, fields=["-listed_at", "-id"], include=FILTERED, name="anchor_file_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="anchorfile",
            index=models.Index(
                condition=LISTED,
                fields=["region", "-listed_at", "-id"],
                include=[column for column in FILTERED if column != "region"],
                name="anchor_file_region_order",
            ),
        ),
        # Answers from the index alone need pages that vacuum has marked; by default it waits for one row in twenty.
        migrations.RunSQL(OFTEN, SELDOM),
    ]
