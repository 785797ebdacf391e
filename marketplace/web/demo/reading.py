"""People read their notices: every few days, and last a day or two ago, so that a visitor finds a handful."""

from marketplace.core.actor import Actor
from marketplace.notifications.models import Notice
from marketplace.notifications.services.feed import mark_all_read
from marketplace.web.demo.history import History

READ_EVERY, LAST_READ = 9, 1.6  # days


def read_now_and_then(history: History, first: int) -> None:
    for day in range(first, int(LAST_READ) + 1, -READ_EVERY):
        history.on(day, everybody_reads)
    history.on(LAST_READ, everybody_reads)


def everybody_reads() -> None:
    for user_id, party_id in set(Notice.objects.filter(read_at=None).values_list("user_id", "party_id")):
        mark_all_read(actor=Actor(user_id=user_id, party_id=party_id))
