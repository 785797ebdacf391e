from marketplace.payments.models.approval import Approval, ApprovalLimit
from marketplace.payments.models.chargeback import Chargeback, ChargebackPart, Evidence
from marketplace.payments.models.debt import Debt, DebtSettlement
from marketplace.payments.models.funding import Funding
from marketplace.payments.models.inbox import InboxEvent, ProviderCursor
from marketplace.payments.models.payout import Payout
from marketplace.payments.models.payout_account import PayoutAccount
from marketplace.payments.models.payout_guard import PayoutGuard
from marketplace.payments.models.payout_pause import PayoutPause
from marketplace.payments.models.payout_run import PayoutRun, PayoutRunMember, PayoutRunTotal
from marketplace.payments.models.provider_call import ProviderCall
from marketplace.payments.models.reconciliation import Difference, ReconciliationRun
from marketplace.payments.models.refund import Refund
from marketplace.payments.models.statement import StatementBalance, StatementLineRow
from marketplace.payments.models.transfer import Transfer
from marketplace.payments.models.transfer_reversal import TransferReversal

__all__ = [
    "Approval",
    "ApprovalLimit",
    "Chargeback",
    "ChargebackPart",
    "Debt",
    "DebtSettlement",
    "Difference",
    "Evidence",
    "Funding",
    "InboxEvent",
    "Payout",
    "PayoutAccount",
    "PayoutGuard",
    "PayoutPause",
    "PayoutRun",
    "PayoutRunMember",
    "PayoutRunTotal",
    "ProviderCall",
    "ProviderCursor",
    "ReconciliationRun",
    "Refund",
    "StatementBalance",
    "StatementLineRow",
    "Transfer",
    "TransferReversal",
]
