"""What the pages of an objection say about its state."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from marketplace.compliance.machine import ObjectionState
from marketplace.compliance.models import Objection

register = template.Library()

WORDS = {
    ObjectionState.FILED: (_("With compliance"), "wait"),
    ObjectionState.UPHELD: (_("Upheld: struck out"), "done"),
    ObjectionState.REJECTED: (_("Rejected: it counts"), "quiet"),
    ObjectionState.APPEALED: (_("Appealed"), "wait"),
    ObjectionState.OVERTURNED: (_("Struck out on appeal"), "done"),
    ObjectionState.CONFIRMED: (_("Rejected on appeal: it counts"), "quiet"),
}


@register.simple_tag
def objection_state(objection: Objection) -> SafeString:
    word, kind = WORDS[ObjectionState(objection.state)]
    return render_to_string("http/badge.html", {"word": word, "tone": kind})
