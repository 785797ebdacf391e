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
def start_refund(
    *, actor: Actor, lot_public_id: str, money: Money, reason: str, public_id: str = "", again_of: Refund | None = None
) -> Refund:
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
        again_of=again_of,
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


def is_protected(refund: Refund) -> bool:
    """Whether it came, and comes back when the bank refuses, out of a contract's protected funds."""
    return refund.lot.held_in.code.startswith("protected:")
