"""A bank's statement of our account, as it can be exported from the bank's own pages (docs/bank-rail.md)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import pairwise

from marketplace.bank_rail.files.table import Row, WrongFile, rows_of
from marketplace.core.money import Money

NAMES = {
    "date": ("date", "booking date", "transaction date", "交易日期", "记账日期", "日期", "交易时间"),
    "amount": ("amount", "transaction amount", "交易金额", "金额", "发生额"),
    "in": ("credit", "money in", "收入", "收入金额", "贷方金额", "贷方发生额", "存入"),
    "out": ("debit", "money out", "支出", "支出金额", "借方金额", "借方发生额", "支取"),
    "name": ("counterparty", "counterparty name", "name", "对方户名", "对方名称", "对方账户名称"),
    "account": ("counterparty account", "account", "对方账号", "对方账户", "对方卡号"),
    "bank": ("counterparty bank", "bank", "对方开户行", "对方银行", "对方行名"),
    "memo": ("memo", "reference", "details", "remittance information", "附言", "摘要", "备注", "用途"),
    "memo2": ("purpose", "note", "用途", "备注", "摘要"),
    "serial": ("serial", "transaction id", "bank reference", "流水号", "交易流水号", "凭证号", "业务编号"),
    "balance": ("balance", "余额", "账户余额", "本次余额"),
    "currency": ("currency", "币种", "币别"),
}
NEEDED = ("date",)
RENMINBI = frozenset({"人民币", "人民币元", "RMB", "CNY"})
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T].*)?")


@dataclass(frozen=True, slots=True)
class StatedLine:
    """One line. `money` is signed: into our account. `identity` is the same for the same line in any export."""

    number: int
    posted_on: date
    money: Money
    name: str
    account: str
    bank: str
    memo: str
    serial: str
    identity: str
    balance_minor: int | None


@dataclass(frozen=True, slots=True)
class Stated:
    """`opening_minor` and `closing_minor` are None when the file has no balances. Lines are oldest first."""

    currency: str
    lines: Sequence[StatedLine]
    opening_minor: int | None
    closing_minor: int | None


def read_statement(content: bytes, currency: str) -> Stated:
    """Raises WrongFile: then nothing of it is read. The balances, where there are any, must follow from the amounts."""
    rows = list(rows_of(content, NAMES, NEEDED))
    if not rows:
        raise WrongFile("no_rows")
    if not {"amount", "in", "out"} & rows[0].called.keys():
        raise WrongFile("columns_missing", column="amount")
    seen: Counter[str] = Counter()
    lines = [_line(row, currency, seen) for row in rows]
    if lines[0].posted_on > lines[-1].posted_on or (not _follows(lines) and _follows(lines[::-1])):
        lines.reverse()  # many banks put the newest first
    if not _follows(lines):
        raise WrongFile("balances_do_not_follow")
    first, last = lines[0].balance_minor, lines[-1].balance_minor
    opening = None if first is None else first - lines[0].money.amount_minor
    return Stated(currency, lines, opening, last)


def _line(row: Row, currency: str, seen: Counter[str]) -> StatedLine:
    stated = row["currency"].upper()
    if stated and stated != currency and not (currency == "CNY" and stated in RENMINBI):
        raise row.wrong("other_currency", "currency")
    money = _signed(row, currency)
    balance = _money(row, "balance", currency).amount_minor if row["balance"] else None
    memo = " ".join(dict.fromkeys(part for part in (row["memo"], row["memo2"]) if part))
    posted_on, account = _date(row), "".join(one for one in row["account"] if one.isalnum())
    # Without a number of the bank's own: all that it says, and which of several alike it is.
    facts = "\x1f".join([posted_on.isoformat(), str(money.amount_minor), row["name"], account, memo, str(balance)])
    seen[facts] += 1
    identity = row["serial"] or sha256(f"{facts}\x1f{seen[facts]}".encode()).hexdigest()
    if row["serial"]:
        seen[f"serial {row['serial']}"] += 1
        if seen[f"serial {row['serial']}"] > 1:
            raise row.wrong("serial_twice", "serial")
    return StatedLine(
        number=row.number,
        posted_on=posted_on,
        money=money,
        name=row["name"][:120],
        account=account[:40],
        bank=row["bank"][:120],
        memo=memo[:500],
        serial=row["serial"][:80],
        identity=identity[:80],
        balance_minor=balance,
    )


def _signed(row: Row, currency: str) -> Money:
    """One column with a sign, or one for each way."""
    if row["in"] or row["out"]:
        into, out = (_money(row, name, currency, empty_is_nought=True) for name in ("in", "out"))
        if into.amount_minor < 0 or out.amount_minor < 0 or (into.amount_minor and out.amount_minor):
            raise row.wrong("both_ways", "in")
        money = into - out
    else:
        money = _money(row, "amount", currency)
    if not money.amount_minor:
        raise row.wrong("no_amount", "amount")
    return money


def _money(row: Row, name: str, currency: str, *, empty_is_nought: bool = False) -> Money:
    text = row[name].removeprefix("+").replace("¥", "").replace("￥", "").replace("\N{MINUS SIGN}", "-")
    if not text and empty_is_nought:
        return Money.zero(currency)
    try:
        return Money.parse(text, currency)
    except ValueError:
        raise row.wrong("not_an_amount", name) from None


def _date(row: Row) -> date:
    found = _DATE.fullmatch(row["date"])
    if found is None:
        raise row.wrong("not_a_date", "date")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise row.wrong("not_a_date", "date") from None


def _follows(lines: Sequence[StatedLine]) -> bool:
    """Whether each balance is the one before plus the amount; lines without one prove nothing."""
    return all(
        after.balance_minor == before.balance_minor + after.money.amount_minor
        for before, after in pairwise(lines)
        if before.balance_minor is not None and after.balance_minor is not None
    )
