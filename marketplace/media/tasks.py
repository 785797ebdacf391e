from celery import shared_task

from marketplace.media.flows import process, resumable


@shared_task
def sweep_lost_originals() -> None:
    process.sweep_lost_originals()


@shared_task
def draw_missing_overlays() -> None:
    process.draw_missing_overlays()


@shared_task
def sweep_uploads() -> None:
    resumable.sweep_uploads()
