from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "last_owner": _("A party always has an owner. Make somebody else an owner first."),
    "already_member": _("This person is already on the team."),
    "anchor_is_one_person": _("An anchor is one person. An agency can represent you instead."),
    "invitation_closed": _("This invitation is closed. Ask for a new one."),
    "invitation_for_somebody_else": _("This invitation was sent to %(email)s. Sign in with that address."),
}
