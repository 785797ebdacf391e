"""The reactions there are: few, so that each can be read at a glance and said by a screen reader."""

from django.utils.translation import gettext_lazy as _

REACTIONS = {
    "👍": _("Agreed"),
    "❤️": _("Love it"),
    "🎉": _("Congratulations"),
    "😄": _("Funny"),
    "🙏": _("Thank you"),
    "👀": _("Looking into it"),
}
