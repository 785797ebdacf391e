"""What stands behind a channel's figures."""

from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class Proof(StrEnum):
    DECLARED = "declared"
    VERIFIED = "verified"


CHANNEL = Machine(
    "channel",
    Proof,
    Proof.DECLARED,
    (
        Transition("verify", (Proof.DECLARED,), Proof.VERIFIED, ("compliance", "operations")),
        Transition("revise", (Proof.VERIFIED,), Proof.DECLARED, ("anchor",)),
        Transition("withdraw", (Proof.VERIFIED,), Proof.DECLARED, ("compliance", "operations")),
    ),
)
