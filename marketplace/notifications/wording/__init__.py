"""The words of every notice, once for the feed and the mail: what happened, what it means, what to do by when."""

from collections.abc import Mapping

from marketplace.notifications.wording.amendments import AMENDMENTS
from marketplace.notifications.wording.books import BOOKS
from marketplace.notifications.wording.chargebacks import CHARGEBACKS
from marketplace.notifications.wording.chat import CHAT
from marketplace.notifications.wording.disputes import DISPUTES
from marketplace.notifications.wording.documents import DOCUMENTS
from marketplace.notifications.wording.market import MARKET
from marketplace.notifications.wording.payouts import PAYOUTS
from marketplace.notifications.wording.record import RECORD
from marketplace.notifications.wording.reviews import REVIEWS
from marketplace.notifications.wording.shape import Wording, Words
from marketplace.notifications.wording.standby import STANDBY
from marketplace.notifications.wording.work import WORK

WORDINGS: dict[str, Wording] = (
    MARKET
    | WORK
    | AMENDMENTS
    | STANDBY
    | DISPUTES
    | REVIEWS
    | RECORD
    | CHAT
    | PAYOUTS
    | BOOKS
    | CHARGEBACKS
    | DOCUMENTS
)


def words(kind: str, facts: Mapping[str, object]) -> Words:
    """Raises KeyError for a kind without words (a test holds every kind to having them)."""
    wording = WORDINGS[kind]
    return Words(
        title=str(wording.title) % facts,
        body=str(wording.body) % facts,
        action=str(wording.action),
        tone=wording.tone,
    )
