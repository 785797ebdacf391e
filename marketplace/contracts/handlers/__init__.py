"""What follows from a contract moving: whoever must act, or waits, is told."""

from marketplace.contracts.handlers import (
    absences,
    amendments,
    chargebacks,
    disputes,
    ending,
    extra_rounds,
    links,
    money,
    reviews,
    sealing,
    signing,
    talking,
    work,
)

__all__ = [
    "absences",
    "amendments",
    "chargebacks",
    "disputes",
    "ending",
    "extra_rounds",
    "links",
    "money",
    "reviews",
    "sealing",
    "signing",
    "talking",
    "work",
]
