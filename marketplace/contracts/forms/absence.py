from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.forms.amendment import day
from marketplace.contracts.forms.work import words


class AbsenceForm(forms.Form):
    words = words(_("What happened"), _("Her side reads it, and has half an hour to answer."), rows=3, most=1000)
    again_on = day(_("If another anchor can do it: on which day"))


class AbsenceAnswerForm(forms.Form):
    words = words(_("A word to it"), _("The merchant reads it."), rows=2, most=1000, required=False)
