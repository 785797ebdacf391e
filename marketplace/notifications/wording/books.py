"""What the platform's finance staff read."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

BOOKS: dict[str, Wording] = {
    "books_differ": Wording(
        title=_("The books of %(provider)s and ours differ: %(count)s new"),
        body=_("Nothing was put right by itself. Take what you look into, and say in words how it comes about."),
        action=_("See the differences"),
        tone="turn",
    ),
}
