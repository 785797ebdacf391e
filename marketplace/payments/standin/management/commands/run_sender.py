"""The worker in a process of its own, beside or instead of the one on a thread (`STANDIN_WORKER=off`)."""

from django.core.management.base import BaseCommand

from marketplace.payments.standin.engine import worker


class Command(BaseCommand):
    help = "Settle, expire and send webhooks until stopped."

    def handle(self, *args: object, **options: object) -> None:
        worker.run_forever()
