from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from marketplace.accounts.models import User
from marketplace.core import clock
from marketplace.web.demo.people import load_people, refuse_outside_development

BEFORE_THE_STORY = timedelta(days=95)


class Command(BaseCommand):
    help = "Demo people and parties, into an empty database (development only)."

    def handle(self, *args, **options) -> None:
        try:
            refuse_outside_development()
        except RuntimeError as error:
            raise CommandError(str(error)) from None
        if User.objects.exists():
            raise CommandError("There are people here already; the demo is for an empty database.")
        with clock.shifted(-BEFORE_THE_STORY):
            load_people()
