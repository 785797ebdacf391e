"""The sentences of what compliance refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "already_reported": _("You have reported this already. We answer as soon as we have looked."),
    "too_many_reports": _("You have sent %(most)s reports today. Write to us if there is more."),
    "own_subject": _("This belongs to a party of your own."),
    "already_objected": _("Your side has objected to this already. A rejected objection can be appealed once."),
    "observation_not_counted": _("This was struck out already: it is not counted any more."),
    "too_few_words": _("Say what happened, in at least %(least)s letters: whoever decides was not there."),
    "objection_appeal_over": _("The thirty days in which this could be appealed are over."),
    "rejected_by_you": _("You rejected this objection: another member of staff settles the appeal."),
}
