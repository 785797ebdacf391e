from django import template
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.devices import describe

register = template.Library()

EVENTS = {
    "representation.asked": _("Asked for"),
    "representation.accepted": _("Accepted; the terms hold"),
    "representation.closed": _("Closed without an agreement"),
    "representation.change_asked": _("Other terms proposed"),
    "representation.change_answered": _("The proposal was answered"),
    "representation.ending": _("Notice was given"),
    "representation.kept": _("The notice was taken back"),
    "representation.ended": _("Ended"),
}


@register.filter
def representation_event(name: str) -> str:
    """What an event of a representation is called on its timeline."""
    return str(EVENTS.get(name, name))


@register.filter
def device(user_agent: str) -> str:
    return describe(user_agent)
