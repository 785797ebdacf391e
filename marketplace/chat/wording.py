"""The sentences of what a conversation refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "too_many_messages": _("That were %(most)s messages in a minute. Wait a moment, then send it again."),
    "too_many_conversations": _("You began %(most)s conversations in the last hour. Try again later."),
    "sent_already": _("This was sent already. Reload the page to see it."),
    "too_late_to_edit": _("A message can be altered for five minutes. Write another one that corrects it."),
    "message_gone": _("This message was deleted meanwhile."),
    "looks_like_contact": _(
        "This looks like contact details or a payment link. What is agreed and paid outside Mooring is not protected, "
        "and the platform cannot help with it. Send it again if you want it sent."
    ),
    "party_blocked": _("One of the two parties has blocked the other one. Messages go through again under a contract."),
}
