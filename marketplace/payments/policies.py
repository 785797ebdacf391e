"""Who may move money in and back: the party's owner and its finance people."""

from enum import StrEnum

from marketplace.core.actor import Role, StaffRole
from marketplace.core.policies import Policy, is_system, own_party, role_in, staff


class WalletAction(StrEnum):
    SEE = "see"
    TOP_UP = "top_up"
    REFUND = "refund"
    LIMIT = "limit"
    RECORD = "record"  # what a provider said
    STAFF = "staff"  # send a refund again


_MONEY = role_in(Role.OWNER, Role.FINANCE)

WALLET = Policy(
    {
        WalletAction.SEE: ((own_party, role_in(*Role)),),
        WalletAction.TOP_UP: ((own_party, _MONEY),),
        WalletAction.REFUND: ((own_party, _MONEY), (is_system,)),
        WalletAction.LIMIT: ((own_party, role_in(Role.OWNER)),),
        WalletAction.RECORD: ((is_system,),),
        WalletAction.STAFF: ((staff(StaffRole.FINANCE),),),
    }
)


class PayoutAction(StrEnum):
    SEE = "see"
    ACCOUNT = "account"
    ASK = "ask"
    RUN = "run"
    RECORD = "record"  # what a provider said
    STAFF = "staff"  # hold, let go, try again, freeze, cancel a run
    PLAN = "plan"
    APPROVE = "approve"
    PAUSE = "pause"


_FINANCE = staff(StaffRole.FINANCE)

PAYOUTS = Policy(
    {
        PayoutAction.SEE: ((own_party, role_in(Role.OWNER, Role.FINANCE)),),
        PayoutAction.ACCOUNT: ((own_party, _MONEY),),
        PayoutAction.ASK: ((own_party, _MONEY),),
        PayoutAction.RUN: ((is_system,),),
        PayoutAction.RECORD: ((is_system,),),
        PayoutAction.STAFF: ((_FINANCE,),),
        PayoutAction.PLAN: ((_FINANCE,), (is_system,)),
        PayoutAction.APPROVE: ((_FINANCE,),),
        PayoutAction.PAUSE: ((_FINANCE,),),
    }
)


class ChargebackAction(StrEnum):
    RECORD = "record"  # what a provider said
    ANSWER = "answer"  # gather, write and hand in evidence


CHARGEBACKS = Policy(
    {
        ChargebackAction.RECORD: ((is_system,),),
        ChargebackAction.ANSWER: ((_FINANCE,),),
    }
)


class InboxAction(StrEnum):
    REPLAY = "replay"


INBOX = Policy({InboxAction.REPLAY: ((staff(StaffRole.FINANCE),),)})


class ReconciliationAction(StrEnum):
    ASK = "ask"
    RECORD = "record"  # what the books say
    ANSWER = "answer"  # take a difference, explain it


RECONCILIATIONS = Policy(
    {
        ReconciliationAction.ASK: ((_FINANCE,), (is_system,)),
        ReconciliationAction.RECORD: ((is_system,),),
        ReconciliationAction.ANSWER: ((_FINANCE,),),
    }
)
