"""What the bank says of the orders of a batch: which it has paid, which it could not, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.bank_rail.codes import codes_in
from marketplace.bank_rail.files.table import WrongFile, rows_of
from marketplace.core.money import Money

NAMES = {
    "code": ("reference", "memo", "附言", "参考号", "用途", "摘要", "客户业务编号"),
    "amount": ("amount", "金额", "交易金额"),
    "result": ("result", "status", "结果", "状态", "处理结果", "交易状态"),
    "reason": ("reason", "failure", "失败原因", "原因", "备注"),
    "serial": ("serial", "transaction id", "流水号", "交易流水号", "银行流水号"),
}
NEEDED = ("code", "amount", "result")
PAID = frozenset({"paid", "success", "succeeded", "ok", "成功", "交易成功", "处理成功", "已付款"})
FAILED = frozenset({"failed", "failure", "rejected", "returned", "失败", "交易失败", "处理失败", "退回", "退汇"})


@dataclass(frozen=True, slots=True)
class Answer:
    """`is_paid`, or not, and why."""

    number: int
    code: str
    money: Money
    is_paid: bool
    reason: str
    serial: str


def read_confirmation(content: bytes, currency: str) -> Sequence[Answer]:
    """Raises WrongFile: then nothing of it is read."""
    answers: dict[str, Answer] = {}
    rows = list(rows_of(content, NAMES, NEEDED))
    if not rows:
        raise WrongFile("no_rows")
    for row in rows:
        codes, result = codes_in(row["code"]), row["result"].casefold()
        if len(codes) != 1:
            raise row.wrong("not_a_reference", "code")
        if codes[0] in answers:
            raise row.wrong("reference_twice", "code")
        if result not in PAID | FAILED:
            raise row.wrong("not_a_result", "result")
        try:
            money = Money.parse(row["amount"], currency)
        except ValueError:
            raise row.wrong("not_an_amount", "amount") from None
        answers[codes[0]] = Answer(row.number, codes[0], money, result in PAID, row["reason"][:80], row["serial"][:80])
    return list(answers.values())
