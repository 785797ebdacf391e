"""The bank by hand as finance works it: files as a bank exports them, and two people at the desk."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from marketplace.bank_rail.files.confirmation import NAMES as CONFIRMATION
from marketplace.bank_rail.models import BankLine, Batch, Order, PayIn, Upload
from marketplace.bank_rail.services.batches import approve_batch, draft_batch, file_of
from marketplace.bank_rail.services.confirmations import book_confirmation, preview_confirmation
from marketplace.bank_rail.services.desk import approve_proposal, propose_assignment, propose_send_back
from marketplace.bank_rail.services.statements import book_statement, preview_statement
from marketplace.core.actor import StaffRole
from marketplace.core.money import Money
from tests.factories.people import Person, make_staff
from tests.support.kills import again

CARD = "6222021234567890128"  # satisfies its last digit
HEADER = ("交易日期", "收入金额", "支出金额", "余额", "对方户名", "对方账号", "附言", "交易流水号")


@dataclass
class Said:
    """A line of the statement: `minor` is signed, into our account."""

    minor: int
    memo: str
    serial: str
    account: str = "6217000010001234567"
    day: str = "2026-11-02"


def statement(lines: Sequence[Said], *, opening: int = 0) -> bytes:
    out, balance = io.StringIO(newline=""), opening
    write = csv.writer(out)
    write.writerow(HEADER)
    for line in lines:
        balance += line.minor
        into, out_of = (figure(line.minor), "") if line.minor > 0 else ("", figure(-line.minor))
        write.writerow([line.day, into, out_of, figure(balance), "晨屿茶业", line.account, line.memo, line.serial])
    return out.getvalue().encode("gb18030")


def figure(minor: int) -> str:
    return f"{Money(minor, 'CNY').decimal:,}"


def confirmation(answers: Sequence[tuple[Order, str, str]]) -> bytes:
    """For each order the bank's word and reason."""
    out = io.StringIO(newline="")
    write = csv.writer(out)
    write.writerow([CONFIRMATION["code"][0], "金额", "处理结果", "失败原因", "流水号"])
    for order, result, reason in answers:
        write.writerow([order.code, order.money.decimal, result, reason, f"S{order.pk}"])
    return out.getvalue().encode()


@dataclass
class Desk:
    """One of finance works, the other decides. The account's lines follow one another as at a bank."""

    maker: Person = field(default_factory=lambda: make_staff(StaffRole.FINANCE))
    checker: Person = field(default_factory=lambda: make_staff(StaffRole.FINANCE))
    balance: int = 0
    lines: int = 0

    def says(self, *lines: tuple[int, str], account: str = "6217000010001234567") -> Upload:
        """The bank's next statement, looked at and booked."""
        said = [Said(minor, memo, f"L{self.lines + n}", account) for n, (minor, memo) in enumerate(lines, start=1)]
        content = statement(said, opening=self.balance)
        self.lines += len(said)
        self.balance += sum(line.minor for line in said)
        return self.book(content, f"{self.lines}.csv")

    def book(self, content: bytes, name: str = "november.csv") -> Upload:
        upload = again(
            lambda: (
                Upload.objects.filter(name=name, state="previewed").first()
                or Upload.objects.filter(name=name).first()
                or preview_statement(actor=self.maker.actor, name=name, content=content, currency="CNY")
            )
        )
        again(lambda: Upload.objects.get(pk=upload.pk).booked_at or self._booked(upload))
        upload.refresh_from_db()
        return upload

    def _booked(self, upload: Upload) -> Upload:
        return book_statement(actor=self.checker.actor, public_id=upload.public_id)

    def assigned(self, line: BankLine, pay_in: PayIn) -> None:
        again(lambda: self._propose(line, lambda at: propose_assignment(code=pay_in.code, **at)))
        again(lambda: self._approve(line))

    def sent_back(self, line: BankLine) -> Order:
        again(lambda: self._propose(line, lambda at: propose_send_back(**at)))
        again(lambda: self._approve(line))
        return line.orders.latest("pk")

    def _propose(self, line: BankLine, propose) -> None:
        line.refresh_from_db()
        if line.state in ("unmatched", "mismatched"):
            propose({"actor": self.maker.actor, "public_id": line.public_id})

    def _approve(self, line: BankLine) -> None:
        line.refresh_from_db()
        if line.state == "proposed":
            approve_proposal(actor=self.checker.actor, public_id=line.public_id)

    def sent(self) -> Batch:
        """What waits, in a file that the bank has."""
        again(lambda: Order.objects.filter(state="queued").exists() and self._draft())
        batch = Batch.objects.latest("pk")
        again(lambda: self._approved(batch))
        again(lambda: file_of(actor=self.maker.actor, public_id=batch.public_id))
        batch.refresh_from_db()
        return batch

    def _draft(self) -> Batch:
        return draft_batch(actor=self.maker.actor, currency="CNY")

    def _approved(self, batch: Batch) -> None:
        batch.refresh_from_db()
        if batch.state == "drafted":
            approve_batch(actor=self.checker.actor, public_id=batch.public_id)

    def answers(self, batch: Batch, result: str = "成功", reason: str = "", name: str = "") -> Upload:
        """The bank's answer for each order that has none yet."""
        name = name or f"{batch.public_id}-{result}.csv"
        orders = list(batch.orders.filter(state__in=["batched", "paid"]).order_by("pk"))
        content = confirmation([(order, result, reason) for order in orders])
        upload = again(
            lambda: (
                Upload.objects.filter(name=name).first()
                or preview_confirmation(actor=self.maker.actor, batch=batch.public_id, name=name, content=content)
            )
        )
        again(
            lambda: (
                Upload.objects.get(pk=upload.pk).booked_at
                or book_confirmation(actor=self.checker.actor, public_id=upload.public_id)
            )
        )
        return upload
