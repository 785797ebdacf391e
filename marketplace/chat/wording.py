"""The sentences of what a conversation refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "too_many_messages": _("That were %(most)s messages in a minute. Wait a moment, then send it again."),
    "sent_already": _("This was sent already. Reload the page to see it."),
}
