"""Objections to a figure of the reliability record, told to the party that objected."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

RECORD: dict[str, Wording] = {
    "objection_upheld": Wording(
        title=_("Your objection about %(title)s was upheld"),
        body=_("It no longer counts in your reliability record. Reasons: %(reasons)s"),
        action=_("See the objection"),
        tone="done",
    ),
    "objection_rejected": Wording(
        title=_("Your objection about %(title)s was rejected"),
        body=_("It counts on. Until %(until)s you can appeal once; somebody else decides. Reasons: %(reasons)s"),
        action=_("See the objection"),
        tone="info",
    ),
    "objection_overturned": Wording(
        title=_("Your appeal about %(title)s was right"),
        body=_("It no longer counts in your reliability record. Reasons: %(reasons)s"),
        action=_("See the objection"),
        tone="done",
    ),
    "objection_confirmed": Wording(
        title=_("Your appeal about %(title)s changed nothing"),
        body=_("It counts on, and that is final. Reasons: %(reasons)s"),
        action=_("See the objection"),
        tone="info",
    ),
}
