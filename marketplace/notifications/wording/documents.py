"""What was issued, and is to be kept."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

DOCUMENTS: dict[str, Wording] = {
    "invoice_issued": Wording(
        title=_("Invoice %(number)s over %(amount)s"),
        body=_("For the platform’s fee of last month. It is paid already: nothing is to be transferred."),
        action=_("See the invoice"),
        tone="done",
    ),
    "credit_note_issued": Wording(
        title=_("Credit note %(number)s over %(amount)s"),
        body=_("A fee came back to you. The credit note says why, and which invoice it corrects."),
        action=_("See the credit note"),
        tone="done",
    ),
    "statement_issued": Wording(
        title=_("Statement %(number)s over %(amount)s"),
        body=_("What you earned last month, issued in your name. Tell us within a month if something is wrong."),
        action=_("See the statement"),
        tone="done",
    ),
}
