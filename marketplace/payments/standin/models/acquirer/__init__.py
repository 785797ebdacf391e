"""Rows of the card acquirer: payments with fees, money that is available later, connected accounts, disputes."""

from marketplace.payments.standin.models.acquirer.connected import ConnectedAccount, OnboardingLink
from marketplace.payments.standin.models.acquirer.dispute import CardDispute
from marketplace.payments.standin.models.acquirer.movement import Movement
from marketplace.payments.standin.models.acquirer.payment import CardCharge, CardIntent, CardSession
from marketplace.payments.standin.models.acquirer.payout import ConnectedPayout
from marketplace.payments.standin.models.acquirer.refund import CardRefund
from marketplace.payments.standin.models.acquirer.transfer import ConnectedReversal, ConnectedTransfer

__all__ = [
    "CardCharge",
    "CardDispute",
    "CardIntent",
    "CardRefund",
    "CardSession",
    "ConnectedAccount",
    "ConnectedPayout",
    "ConnectedReversal",
    "ConnectedTransfer",
    "Movement",
    "OnboardingLink",
]
