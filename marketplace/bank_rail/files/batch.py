"""The file that finance gives to the bank: one order a row, and a last row that says how many and how much."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.core.money import Money

HEADER = ("reference 附言", "name 收款户名", "account 收款账号", "bank 收款银行", "amount 金额", "currency 币种")
TOTAL = "total 合计"
BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for something else
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Ordered:
    code: str
    name: str
    account: str
    bank: str
    money: Money


def batch_file(orders: Iterable[Ordered]) -> bytes:
    """The same orders give the same bytes."""
    out, total, count = io.StringIO(newline=""), 0, 0
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(HEADER)
    currency = ""
    for one in orders:
        currency = one.money.currency
        count, total = count + 1, total + one.money.amount_minor
        row = (one.code, one.name, one.account, one.bank, one.money.decimal, currency)
        write.writerow([_harmless(str(cell)) for cell in row])
    write.writerow([TOTAL, count, "", "", Money(total, currency).decimal if currency else 0, currency])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _harmless(cell: str) -> str:
    """What a spreadsheet would run is text to it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
