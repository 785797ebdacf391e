"""Reviews of a contract that has ended, told to both of its sides."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

REVIEWS: dict[str, Wording] = {
    "review_to_write": Wording(
        title=_("What was it like? %(title)s"),
        body=_("%(number)s has ended. Say until %(until)s; neither side reads the other’s before both have written."),
        action=_("Write the review"),
        tone="turn",
    ),
    "review_soon": Wording(
        title=_("A day left for your review of %(title)s"),
        body=_("%(number)s: after %(until)s only what is written is shown."),
        action=_("Write the review"),
        tone="turn",
    ),
    "review_written": Wording(
        title=_("The other side has written its review of %(title)s"),
        body=_("%(number)s: you read it when you have written yours, too, or when the days are over."),
        action=_("Write the review"),
        tone="turn",
    ),
    "review_published": Wording(
        title=_("The reviews of %(title)s are published"),
        body=_("%(number)s: they stand on the profiles. You can answer once."),
        action=_("Read them"),
        tone="info",
    ),
    "review_answered": Wording(
        title=_("Your review of %(title)s was answered"),
        body=_("%(number)s: the answer stands below it."),
        action=_("Read it"),
        tone="info",
    ),
}
