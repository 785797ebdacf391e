"""The words of every notice, once for the feed and the mail: what happened, what it means, what to do by when.

The texts are lazy, and filled with the notice's facts in the reader's
language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Wording:
    """`title` is a sentence; `body` says what it means; `action` is the verb on the button."""

    title: str
    body: str
    action: str
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class Words:
    """A wording with its facts filled in."""

    title: str
    body: str
    action: str
    tone: str


WORDINGS: dict[str, Wording] = {
    "member_invited": Wording(
        title=_("%(invited_by)s invites you to %(party)s"),
        body=_("Join %(party)s on Mooring. The link works for seven days and only for this address."),
        action=_("See the invitation"),
    ),
    "member_joined": Wording(
        title=_("%(name)s has joined %(party)s"),
        body=_("The invitation was accepted. You can change roles on the team page."),
        action=_("Open the team"),
        tone="done",
    ),
    "funding_paid": Wording(
        title=_("%(amount)s is in your wallet"),
        body=_("The bank has confirmed the payment. Unused money goes back to its source after 85 days."),
        action=_("See the payment"),
        tone="done",
    ),
    "funding_mismatched": Wording(
        title=_("%(arrived)s arrived, %(asked)s was asked"),
        body=_("The payment does not match, so it is set aside. Our finance team looks at it and writes to you."),
        action=_("See the payment"),
        tone="stop",
    ),
    "refund_done": Wording(
        title=_("%(amount)s went back to where it came from"),
        body=_("The bank has confirmed the refund. When you see it depends on the bank, usually within days."),
        action=_("See the refund"),
        tone="done",
    ),
    "refund_done_unused": Wording(
        title=_("%(amount)s was not used and went back"),
        body=_("85 days after the payment, unused money returns to its source. You were told on day 60."),
        action=_("See the refund"),
        tone="done",
    ),
    "refund_returned": Wording(
        title=_("The bank refused to refund %(amount)s"),
        body=_("Nothing is lost: the money is in your wallet again. You can try once more or write to us."),
        action=_("See the refund"),
        tone="stop",
    ),
    "lot_ageing": Wording(
        title=_("%(amount)s in your wallet is still unused"),
        body=_("Use it before %(goes_back_on)s, or it goes back to where it came from by itself."),
        action=_("Open the wallet"),
        tone="wait",
    ),
}


def words(kind: str, facts: Mapping[str, object]) -> Words:
    """Raises KeyError for a kind without words (a test holds every kind to having them)."""
    wording = WORDINGS[kind]
    return Words(
        title=str(wording.title) % facts,
        body=str(wording.body) % facts,
        action=str(wording.action),
        tone=wording.tone,
    )
