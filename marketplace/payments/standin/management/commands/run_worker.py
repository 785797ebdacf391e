"""The worker in a process of its own, when `STANDIN_WORKER=off` keeps it out of the pages' process."""

from django.core.management.base import BaseCommand

from marketplace.payments.standin.engine import worker


class Command(BaseCommand):
    help = "Settle, expire and send webhooks until stopped."

    def handle(self, *args: object, **options: object) -> None:
        worker.run_forever()
