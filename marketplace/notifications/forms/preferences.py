from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.notifications.groups import Group

GROUPS = [
    (Group.MONEY.value, _("Money: payments, releases, refunds")),
    (Group.WORK.value, _("Work: handed in, changes, approved, published")),
    (Group.OFFERS.value, _("Offers: tasks, applications, invitations, seats")),
    (Group.MESSAGES.value, _("Messages: what waits unread for ten minutes")),
    (Group.TEAM.value, _("Team: colleagues and representation")),
]
ZONES = [
    *("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Tokyo", "Asia/Seoul", "Asia/Singapore", "Asia/Bangkok", "Asia/Kolkata"),
    *("Asia/Dubai", "Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles"),
    *("America/Sao_Paulo", "Australia/Sydney", "UTC"),
]


class MailPreferenceForm(forms.Form):
    on = forms.MultipleChoiceField(
        label=_("Mails about"),
        help_text=_("Your inbox here always has everything. Security, contracts and disputes are always mailed."),
        choices=GROUPS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        help_text=_("Mails that are not urgent wait until your quiet hours end."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_to = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES])

    def clean(self) -> dict:
        given = super().clean()
        begins, ends = given.get("quiet_from"), given.get("quiet_to")
        if (begins is None) != (ends is None) or (begins is not None and begins == ends):
            self.add_error("quiet_to", _("Say both times, and not the same one."))
        return given
