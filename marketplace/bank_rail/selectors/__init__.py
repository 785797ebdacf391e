"""What the rail knows, for its gateway, its desk and the pages of payers and payees."""

from marketplace.bank_rail.selectors.account import OurAccount, platform_account
from marketplace.bank_rail.selectors.provided import (
    charge_line,
    find_order,
    find_reversal,
    find_transfer,
    get_order,
    get_pay_in,
    get_payee,
    get_rail_payee,
    get_transfer,
    pay_in_of,
)

__all__ = [
    "OurAccount",
    "charge_line",
    "find_order",
    "find_reversal",
    "find_transfer",
    "get_order",
    "get_pay_in",
    "get_payee",
    "get_rail_payee",
    "get_transfer",
    "pay_in_of",
    "platform_account",
]
