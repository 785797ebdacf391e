from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.stack.errors import StackError
from marketplace.stack.supervisor import Supervisor


class Command(BaseCommand):
    help = "Start everything: PostgreSQL, Valkey, pages, sockets, worker, beat, the test bank."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port", type=int, default=8000, help="wanted port of the pages; the next free one is taken"
        )

    def handle(self, *args, port: int, **options) -> None:
        try:
            Supervisor(port=port, say=lambda line: self.stdout.write(line)).run()
        except StackError as error:
            raise CommandError(str(error)) from None
