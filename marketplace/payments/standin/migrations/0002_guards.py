"""What the database refuses by itself: rewriting history, and a posting that does not sum to zero."""

from django.db import migrations

APPEND_ONLY = ["standin_posting", "standin_leg", "standin_event"]

FUNCTIONS = """
CREATE FUNCTION standin_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION standin_legs_sum_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM standin_leg l JOIN standin_account a ON a.id = l.account_id
        WHERE l.posting_id = NEW.posting_id GROUP BY a.currency HAVING sum(l.amount_minor) <> 0
    ) THEN
        RAISE EXCEPTION 'posting % does not sum to zero', NEW.posting_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER standin_leg_conserves AFTER INSERT ON standin_leg
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION standin_legs_sum_to_zero();
"""

GUARD = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION standin_refuse_rewrite();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION standin_refuse_rewrite();
"""


class Migration(migrations.Migration):
    dependencies = [("standin", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        *(migrations.RunSQL(GUARD.format(table=table), migrations.RunSQL.noop) for table in APPEND_ONLY),
    ]
