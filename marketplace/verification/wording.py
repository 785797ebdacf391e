from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "verification_missing": _("Something is still missing. It is marked below; what you wrote is saved."),
    "verification_too_young": _("Anchors are at least %(age)s years old. That is the law; there are no exceptions."),
    "verification_birth_date": _("This cannot be a date of birth. Check the year."),
    "verification_holder_is_not_guardian": _(
        "Until the anchor is 18, the money goes to the guardian: write %(guardian)s, as in the anchor's check."
    ),
    "verification_own_party": _("You belong to this party, so a colleague decides."),
    "verification_too_many_documents": _("At most %(most)s papers. Remove one first."),
}
