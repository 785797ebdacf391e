from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrate, compile the catalogues, and load demo content into an empty database (development only)."

    def handle(self, *args, **options) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMO and "load_demo" in get_commands() and not get_user_model().objects.exists():
            self.stdout.write("An empty database: loading the demo …")
            call_command("load_demo")
