from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from marketplace.core.database_roles import grant_to_app


class Command(Migrate):
    """Django's `migrate`, connected as the owner: the role that the program runs as owns no table."""

    def handle(self, *args, **options) -> None:
        connection = connections[options["database"]]
        app_role = connection.settings_dict["USER"]
        connection.close()
        connection.settings_dict.update(
            {key: settings.DATABASE_OWNER[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
        )
        super().handle(*args, **options)
        call_command("createcachetable", database=options["database"], verbosity=0)
        grant_to_app(connection, app_role)
        connection.close()
