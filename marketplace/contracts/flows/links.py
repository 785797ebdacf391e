"""Opening the links of people's work from outside, with no transaction open; what came of it is a use case.

While a past is told (the demo) nobody looks: what is there today says nothing about that day.
"""

from datetime import datetime

from marketplace.contracts.models import Deliverable, Submission
from marketplace.contracts.services.links import note_published_link, note_submission_link
from marketplace.core import clock
from marketplace.core.actor import Actor, Source
from marketplace.core.net.safe_fetch import FetchFailed, fetch

WORKER = Actor.system("links", Source.TASK)


def open_submission(public_id: str, number: int) -> None:
    """Once, before the clock may approve it."""
    submission = Submission.objects.get(deliverable__public_id=public_id, number=number)
    if not submission.link or submission.link_opened_at or submission.link_failure or clock.behind():
        return
    note_submission_link(actor=WORKER, public_id=public_id, number=number, failure=failure_of(submission.link))


def look_at_published(public_id: str, *, due_at: datetime) -> None:
    """When it was published, and every day that it should stay up."""
    link = Deliverable.objects.values_list("link", flat=True).get(public_id=public_id)
    if not link or clock.behind():
        return
    note_published_link(actor=WORKER, public_id=public_id, link=link, failure=failure_of(link), due_at=due_at)


def failure_of(link: str) -> str:
    """Why the page could not be opened; empty when it could, a page larger than we read included."""
    try:
        status = fetch(link).status
    except FetchFailed as failed:
        return "" if failed.code == "too_large" else failed.code
    return f"http_{status}" if status >= 400 else ""
