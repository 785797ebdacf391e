"""The clock's part in documents."""

from celery import shared_task

from marketplace.documents.flows.monthly import issue_months


@shared_task
def issue_monthly() -> None:
    """Every day; there is something to do on the first of a month, or after a day that was missed."""
    issue_months()
