"""What the program's database role may do, written once and applied after every migration.

The role owns nothing. It may read and write ordinary tables; on what is history it may only read and append; on the
ledger's own tables it may only read, because the posting function (which runs as the owner) is their one writer.
"""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

READ = "SELECT"
APPEND = "SELECT, INSERT"
WRITE = "SELECT, INSERT, UPDATE, DELETE"


def grant_to_app(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give `role` exactly the rights of the table above. A role that is the owner (one-role servers) keeps its own;
    `manage.py doctor` says so, and the triggers still refuse."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == role:
            return
        name = sql.Identifier(role)
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        ranks = rights_by_table()
        for (table,) in cursor.fetchall():
            rights = ranks.get(table, WRITE)
            target = sql.Identifier(table)
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(target, name))
            cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), target, name))
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))
        cursor.execute(sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(name))


def rights_by_table() -> dict[str, str]:
    """`database_rights` on a model (READ or APPEND) narrows what the program may do to its table."""
    return {
        model._meta.db_table: model.database_rights
        for model in apps.get_models(include_auto_created=True)
        if hasattr(model, "database_rights")
    }
