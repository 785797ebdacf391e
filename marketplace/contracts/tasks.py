"""The clock's part in contracts."""

from celery import shared_task

from marketplace.contracts.flows.seal import seal_the_rest


@shared_task
def seal_contracts() -> None:
    seal_the_rest()
