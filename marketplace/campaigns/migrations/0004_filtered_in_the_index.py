from django.db import migrations, models

IS_OPEN = models.Q(("state", "open"))
FILTERED = ("category", "form", "mode", "platforms", "regions", "languages", "currency", "fee_max_minor")
FILTERED += ("publish_from", "publish_until", "reserved_minor")


OFTEN = """
ALTER TABLE campaigns_vtask SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 500, vacuum_index_cleanup = on)
"""
SELDOM = """
ALTER TABLE campaigns_vtask RESET (
    autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
    autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold, vacuum_index_cleanup)
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_word_statistics")]

    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="vtask", name="v_task_newest"),
        migrations.RemoveIndex(model_name="vtask", name="v_task_category"),
        migrations.RemoveIndex(model_name="vtask", name="v_task_form"),
        migrations.AddIndex(
            model_name="vtask",
            index=models.Index(
                condition=IS_OPEN, fields=["-opened_at", "-id"], include=FILTERED, name="v_task_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="vtask",
            index=models.Index(
                condition=IS_OPEN,
                fields=["category", "-opened_at", "-id"],
                include=FILTERED[1:],
                name="v_task_category",
            ),
        ),
        # Answers from the index alone need pages that vacuum has marked; by default it waits for one row in twenty.
        migrations.RunSQL(OFTEN, SELDOM),
    ]
