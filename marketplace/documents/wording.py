from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no_fee_to_give_back": _("There is no fee of this release, or it has been given back already."),
    "reason_for_credit_needed": _("Say in words why: the credit note prints it."),
}
