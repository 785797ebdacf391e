"""What holds a payee's money back at this moment: the first reason that applies, and when it ends by itself."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from marketplace.accounts.selectors import verified_holder
from marketplace.core import clock
from marketplace.core.person_names import same_name
from marketplace.core.tx import step
from marketplace.payments.models import Payout, PayoutAccount, PayoutGuard, Transfer
from marketplace.payments.payout_rules import FIRST_PAYOUT_WAIT, QUICK_WAIT, SECURITY_WAIT


@dataclass(frozen=True, slots=True)
class Held:
    """`until` is None when it takes somebody to end it."""

    reason: str
    until: datetime | None


def guarded(party_id: int) -> Held | None:
    """A freeze, or a change of the last 72 hours."""
    found = PayoutGuard.objects.filter(party_id=party_id).first()
    if found is None:
        return None
    if found.frozen_at is not None:
        return Held(Payout.Hold.FROZEN.value, None)
    if found.changed_at is None:
        return None
    until = found.changed_at + SECURITY_WAIT
    return Held(Payout.Hold.SECURITY_CHANGE.value, until) if until > clock.now() else None


def accounts_of_payee(party_id: int) -> dict[str, PayoutAccount]:
    """Where the party can be paid now, by provider."""
    enabled = PayoutAccount.objects.filter(party_id=party_id, payouts_enabled=True).select_related("party")
    return {account.provider: account for account in enabled}


def is_of_another(account: PayoutAccount, holder: str | None) -> bool:
    """Whether it is in another name than the one that the check of the payee found. China's rules for live commerce:
    what somebody under 18 earns goes to the guardian."""
    return bool(holder) and not same_name(account.holder, holder)


@step
def holds_transfer(transfer: Transfer) -> Held | None:
    """Why this transfer may not go yet. Nothing to pay to comes first: it is what the payee herself can end."""
    account = accounts_of_payee(transfer.party_id).get(transfer.provider)
    if account is None:
        return Held(Transfer.Hold.NO_ACCOUNT.value, None)
    holder = verified_holder(transfer.party_id)
    if holder is None:
        return Held(Transfer.Hold.NOT_VERIFIED.value, None)
    if is_of_another(account, holder):
        return Held(Transfer.Hold.OTHER_HOLDER.value, None)
    if held := guarded(transfer.party_id):
        return held
    first = Transfer.objects.filter(party_id=transfer.party_id).aggregate(at=Min("created_at"))["at"]
    clocks = (
        (Transfer.Hold.FIRST_PAYOUT.value, first + FIRST_PAYOUT_WAIT),
        (Transfer.Hold.QUICK.value, transfer.lot.charged_at + QUICK_WAIT),
    )
    return next((Held(reason, until) for reason, until in clocks if until > clock.now()), None)


@step
def holds_payout(payout: Payout) -> Held | None:
    """What happened since it was made."""
    account = accounts_of_payee(payout.party_id).get(payout.provider)
    if account is None:
        return Held(Payout.Hold.NO_ACCOUNT.value, None)
    if is_of_another(account, verified_holder(payout.party_id)):
        return Held(Payout.Hold.OTHER_HOLDER.value, None)
    return guarded(payout.party_id)
