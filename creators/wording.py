"""The sentences of what anchor files refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "portfolio_full": _("A portfolio shows %(most)s pieces at most. Remove one first."),
    "too_many_channels": _("There are %(most)s channels already. Remove one first."),
    "channel_twice": _("This channel is there already, or somebody else has proved that it is theirs."),
    "too_many_dates": _("There are %(most)s times off already. Remove one first."),
    "own_channel": _("You belong to this party. Somebody else of the staff decides."),
}
