from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

EVENTS = {
    "approval.asked": _("Asked for; a second person decides"),
    "approval.granted": _("Approved by a second person"),
    "approval.closed": _("Not approved; nothing has moved"),
    "funding.requested": _("Asked for"),
    "funding.submitted": _("The bank waits for the payment"),
    "funding.paid": _("Paid, and in the wallet"),
    "funding.not_paid": _("Not paid; nothing was charged"),
    "funding.mismatched": _("Another amount arrived; set aside"),
    "payout.requested": _("Decided; on its way to the bank"),
    "payout.held": _("Held back"),
    "payout.let_go": _("Goes on"),
    "payout.submitted": _("Handed to the bank"),
    "payout.sent": _("In transit"),
    "payout.paid": _("The bank has it"),
    "payout.failed": _("Sent back by the bank; yours again"),
    "refund.requested": _("Asked for; out of the wallet"),
    "refund.sent": _("The bank has taken it on"),
    "refund.done": _("The bank has confirmed; it is on its way to you"),
    "refund.returned": _("Refused by the bank; in the wallet again"),
}


@register.filter
def payment_event(name: str) -> str:
    """What an event of a payment is called on its timeline."""
    return str(EVENTS.get(name, name))
