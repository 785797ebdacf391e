from django.core.management.base import BaseCommand, CommandError

from marketplace.accounts.models import User
from marketplace.web.demo.people import load_people, refuse_outside_development


class Command(BaseCommand):
    help = "Demo people and parties, into an empty database (development only)."

    def handle(self, *args, **options) -> None:
        try:
            refuse_outside_development()
        except RuntimeError as error:
            raise CommandError(str(error)) from None
        if User.objects.exists():
            raise CommandError("There are people here already; the demo is for an empty database.")
        load_people()
