from celery import shared_task

from marketplace.media.flows import process


@shared_task
def sweep_lost_originals() -> None:
    process.sweep_lost_originals()
