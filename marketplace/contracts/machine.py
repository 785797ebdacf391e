"""The states of a contract until its money is protected."""

from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class ContractState(StrEnum):
    DRAFTED = "drafted"
    SIGNING = "signing"
    AWAITING_FUNDS = "awaiting_funds"
    ACTIVE = "active"
    LAPSED = "lapsed"


_C = ContractState
CONTRACT = Machine(
    "contract",
    ContractState,
    _C.DRAFTED,
    (
        Transition("open_for_signing", (_C.DRAFTED,), _C.SIGNING, ("platform",)),
        Transition("await_funds", (_C.SIGNING,), _C.AWAITING_FUNDS, ("last signer",)),
        # Without a fee there is nothing to protect (pure CPS, barter).
        Transition("start", (_C.SIGNING,), _C.ACTIVE, ("last signer",)),
        Transition("decline", (_C.SIGNING,), _C.LAPSED, ("signer",)),
        Transition("lapse", (_C.SIGNING,), _C.LAPSED, ("clock",)),
    ),
)
