from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "wrong_sides": _("A representation is between a PGC agency and an anchor."),
    "already_represented": _("An agency represents this anchor in that period already."),
    "request_pending": _("A request between you two is waiting for its answer already."),
    "not_their_turn": _("It is the other side that has to answer."),
    "erasure_blocked": _(
        "%(party)s still needs you: it has money in its wallet, or members and no other owner. Settle that first."
    ),
    "too_many_tokens": _("You have %(most)s tokens here already. Revoke those that nothing uses."),
    "last_owner": _("A party always has an owner. Make somebody else an owner first."),
    "already_member": _("This person is already on the team."),
    "anchor_is_one_person": _("An anchor is one person. An agency can represent you instead."),
    "invitation_closed": _("This invitation is closed. Ask for a new one."),
    "invitation_for_somebody_else": _("This invitation was sent to %(email)s. Sign in with that address."),
}
