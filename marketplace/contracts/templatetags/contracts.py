"""What the pages of contracts say about states and events."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Contract

register = template.Library()

STATES = {
    ContractState.DRAFTED: (_("Drafted"), "quiet"),
    ContractState.SIGNING: (_("Signing"), "turn"),
    ContractState.AWAITING_FUNDS: (_("Signed by all"), "done"),
    ContractState.ACTIVE: (_("Active"), "live"),
    ContractState.LAPSED: (_("Lapsed"), "stop"),
}
EVENTS = {
    "contract.drafted": _("Drafted from the accepted offer"),
    "contract.opened_for_signing": _("Open for signing, 72 hours"),
    "contract.signed": _("Signed by one side"),
    "contract.concluded": _("Signed by all"),
    "contract.lapsed": _("Lapsed; nobody is bound"),
    "contract.signing_reminded": _("Reminded those who have not signed"),
}


@register.simple_tag
def contract_state(contract: Contract) -> SafeString:
    word, tone = STATES[ContractState(contract.state)]
    return render_to_string("http/badge.html", {"word": word, "tone": tone})


@register.filter
def contract_event(name: str) -> str:
    return str(EVENTS.get(name, name))
