"""What was written and not read."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

CHAT: dict[str, Wording] = {
    "messages_waiting": Wording(
        title=_("New messages: %(title)s"),
        body=_("Messages that you have not read: %(count)s."),
        action=_("Read them"),
        tone="turn",
    ),
    "mentioned": Wording(
        title=_("%(by)s names you in: %(title)s"),
        body=_("“%(text)s”"),
        action=_("Read it"),
        tone="turn",
    ),
}
