"""The bank's rows. Constraints live here and in the migrations; behaviour lives in `engine/`."""

from marketplace.payments.standin.models.acquirer import (
    CardCharge,
    CardDispute,
    CardIntent,
    CardRefund,
    CardSession,
    ConnectedAccount,
    ConnectedPayout,
    ConnectedReversal,
    ConnectedTransfer,
    Movement,
    OnboardingLink,
)
from marketplace.payments.standin.models.books import Account, Leg, Posting
from marketplace.payments.standin.models.checkout import Charge, Checkout
from marketplace.payments.standin.models.clock import ClockOffset
from marketplace.payments.standin.models.event import Delivery, Event, WebhookEndpoint
from marketplace.payments.standin.models.fault import FaultRule
from marketplace.payments.standin.models.idempotency import StoredAnswer
from marketplace.payments.standin.models.payee import Payee, PayeeLink
from marketplace.payments.standin.models.payout import Payout
from marketplace.payments.standin.models.refund import Refund
from marketplace.payments.standin.models.transfer import Reversal, Transfer

__all__ = [
    "Account",
    "CardCharge",
    "CardDispute",
    "CardIntent",
    "CardRefund",
    "CardSession",
    "Charge",
    "Checkout",
    "ClockOffset",
    "ConnectedAccount",
    "ConnectedPayout",
    "ConnectedReversal",
    "ConnectedTransfer",
    "Delivery",
    "Event",
    "FaultRule",
    "Leg",
    "Movement",
    "OnboardingLink",
    "Payee",
    "PayeeLink",
    "Payout",
    "Posting",
    "Refund",
    "Reversal",
    "StoredAnswer",
    "Transfer",
    "WebhookEndpoint",
]
