import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from marketplace.core import clock
from marketplace.stack.postgres import APP_ROLE
from marketplace.web.bench import database
from marketplace.web.bench.load import load
from marketplace.web.bench.size import Size
from marketplace.web.demo.people import refuse_outside_development


class Command(BaseCommand):
    help = "A market of any size, to measure with, in a database of its own (development only). Again: made anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchors", type=int, default=1_000_000)
        parser.add_argument("--tasks", type=int, default=1_000_000)
        parser.add_argument("--database", default=database.PREFIX, help=f"its name; begins with {database.PREFIX}")

    def handle(self, *args, anchors: int, tasks: int, **options) -> None:
        name, started = options["database"], time.monotonic()

        def say(what: str) -> None:
            self.stdout.write(f"{time.monotonic() - started:6.0f} s  {what}")

        try:
            refuse_outside_development()
            say(f"{name}: made anew and migrated")
            database.make_anew(name)
        except (RuntimeError, database.NoPlace) as error:
            raise CommandError(str(error)) from None
        load(name, Size(anchors=anchors, tasks=tasks, today=clock.today()), say)
        say(f"complete; look at it with DATABASE_URL={database.url(name, APP_ROLE)}")
