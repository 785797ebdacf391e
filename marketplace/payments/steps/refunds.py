"""Starting a refund: what a person's request and the clock of an unused lot share."""

from marketplace.core.actor import Actor
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.ledger import plans
from marketplace.ledger.selectors import account_of, get_lot
from marketplace.ledger.steps.posting import post
from marketplace.payments.events import RefundRequested
from marketplace.payments.models import Refund


@step
def start_refund(*, actor: Actor, lot_public_id: str, money: Money, reason: str, public_id: str = "") -> Refund:
    """Take `money` out of where its lot is held, on its way back to the charge. Raises LotExhausted, Overdraft."""
    lot = get_lot(lot_public_id)
    party = lot.held_in.party
    refund = Refund.objects.create(
        public_id=public_id or new_id("rfd"),
        party=party,
        lot=lot,
        provider=lot.provider,
        charge=lot.charge,
        amount_minor=money.amount_minor,
        currency=money.currency,
        reason=reason,
        asked_by_id=actor.user_id,
    )
    post(
        plans.refund_started(
            refund=refund.public_id, source=account_of(lot), provider=lot.provider, lot_id=lot.pk, money=money
        )
    )
    requested = RefundRequested(
        aggregate=refund.public_id, amount_minor=money.amount_minor, currency=money.currency, reason=reason
    )
    record(requested, by=actor)
    return refund
