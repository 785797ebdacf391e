"""The reactions there are: few, so that each can be read at a glance and said by a screen reader. Drawn as our
own icons: not every machine has a font of emoji."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    icon: str
    label: str | Promise


REACTIONS = {
    "agreed": Kind(icon="thumb-up", label=_("Agreed")),
    "love": Kind(icon="heart", label=_("Love it")),
    "cheers": Kind(icon="confetti", label=_("Congratulations")),
    "funny": Kind(icon="mood-smile", label=_("Funny")),
    "thanks": Kind(icon="heart-handshake", label=_("Thank you")),
    "looking": Kind(icon="eye", label=_("Looking into it")),
}
