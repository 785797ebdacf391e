"""The sentences of what compliance refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "already_reported": _("You have reported this already. We answer as soon as we have looked."),
    "too_many_reports": _("You have sent %(most)s reports today. Write to us if there is more."),
    "own_subject": _("This belongs to a party of your own."),
}
