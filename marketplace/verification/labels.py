"""The words of the pages: what is asked, why, and what happens next."""

from django.utils.translation import gettext_lazy as _

from marketplace.verification.models import DocumentKind

LABELS = {
    "legal_name": _("Legal name"),
    "address": _("Registered address"),
    "country": _("Country"),
    "registration_number": _("Registration number"),
    "tax_id": _("Tax number"),
    "birth_on": _("Date of birth"),
    "guardian_name": _("Guardian's legal name"),
    "guardian_email": _("Guardian's e-mail"),
    **dict(DocumentKind.choices),
}
NAMES = {"merchant": _("Company"), "anchor": _("Anchor"), "payee": _("Payee")}
WHY = {
    "merchant": _("Before your first V task is published: anchors see that a real company stands behind it."),
    "anchor": _("Before your first signature: a contract needs a person in law, 16 or older."),
    "payee": _("Before the first payout: money goes only to an account whose holder we know."),
}
# State: its name, its tone, what happens next.
STATES = {
    "": (_("Not begun"), "quiet", _("About five minutes. You can stop anywhere and go on later.")),
    "draft": (_("Draft"), "turn", _("Saved. Hand it in when everything is there.")),
    "submitted": (_("With us"), "wait", _("We look at it, usually within a day, and write to you.")),
    "approved": (_("Verified"), "done", _("Nothing more is asked.")),
    "rejected": (_("Needs a change"), "stop", _("Read why, change it and hand it in again.")),
}
