"""Files as banks and people make them: read whole, or refused by the row and the column."""

import pytest

from marketplace.bank_rail.codes import new_code
from marketplace.bank_rail.files.batch import Ordered, batch_file
from marketplace.bank_rail.files.confirmation import read_confirmation
from marketplace.bank_rail.files.statement import read_statement
from marketplace.bank_rail.files.table import BYTES_AT_MOST, ROWS_AT_MOST, WrongFile
from marketplace.bank_rail.wording import PROBLEMS, problem
from marketplace.core.money import Money
from tests.factories.rail import Said, statement

SAID = [Said(1_234_50, "货款 MOOR", "A1"), Said(-200, "=cmd|' /C calc'!A0", "A2", day="2026-11-03")]
ENGLISH = "Date;Amount;Balance;Memo;Serial\n2026-11-02;1,234.50;1,234.50;x;A1\n2026/11/3;-2.00;1,232.50;=1+1;A2\n"


def refused(content: bytes | str, currency: str = "CNY") -> tuple[str, int, str]:
    with pytest.raises(WrongFile) as caught:
        read_statement(content if isinstance(content, bytes) else content.encode(), currency)
    assert problem(caught.value)
    return caught.value.code, caught.value.row, caught.value.column


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_chinese_export_in_each_encoding(encoding):
    content = statement(SAID).decode("gb18030").encode(encoding)
    stated = read_statement(content, "CNY")
    assert [line.money.amount_minor for line in stated.lines] == [1_234_50, -200]
    assert (stated.opening_minor, stated.closing_minor) == (0, 1_232_50)
    assert (stated.lines[0].name, stated.lines[0].account, stated.lines[1].memo) == (
        "晨屿茶业",
        "6217000010001234567",
        "=cmd|' /C calc'!A0",
    )


@pytest.mark.parametrize("separator", [";", "\t"])
def test_an_english_one_below_a_letterhead_and_newest_first(separator):
    head, first, second = ENGLISH.replace(";", separator).splitlines()
    content = "\n".join(["A Bank plc", "", head, second, first, ""])
    stated = read_statement(content.encode(), "CNY")
    assert [(str(line.posted_on), line.serial) for line in stated.lines] == [("2026-11-02", "A1"), ("2026-11-03", "A2")]
    assert (stated.opening_minor, stated.closing_minor) == (0, 123_250)


def test_a_line_is_the_same_line_in_another_export():
    alike = "date,amount,memo\n2026-11-02,5,x\n2026-11-02,5,x\n"
    first, second = read_statement(alike.encode(), "CNY").lines
    assert first.identity != second.identity
    assert [line.identity for line in read_statement(alike.encode("utf-8-sig"), "CNY").lines] == [
        first.identity,
        second.identity,
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", ("empty_file", 0, "")),
        (b"\x00\x01PK", ("not_a_table", 0, "")),
        (b"\xff\xfe\xff", ("not_a_table", 0, "")),
        ("name,age\nx,1\n", ("columns_missing", 0, "date")),
        ("date,memo\n2026-11-02,x\n", ("columns_missing", 0, "amount")),
        ("date,amount\n", ("no_rows", 0, "")),
        ('date,amount\n2026-11-02,"5\n', ("not_a_table", 0, "")),
        ("date,amount\n2026-11-02,5\n2026-11-02,five\n", ("not_an_amount", 3, "amount")),
        ("date,amount\n2026-11-02,5.001\n", ("not_an_amount", 2, "amount")),
        ("date,amount\n2026-11-02,9999999999999999\n", ("not_an_amount", 2, "amount")),
        ("date,amount\n2026-11-02,NaN\n", ("not_an_amount", 2, "amount")),
        ("date,amount\n2026-11-02,0\n", ("no_amount", 2, "amount")),
        ("date,amount\n2026-13-02,5\n", ("not_a_date", 2, "date")),
        ("date,收入,支出\n2026-11-02,5,5\n", ("both_ways", 2, "收入")),
        ("date,收入,支出\n2026-11-02,-5,\n", ("both_ways", 2, "收入")),
        ("date,amount,币种\n2026-11-02,5,USD\n", ("other_currency", 2, "币种")),
        ("date,amount,serial\n2026-11-02,5,A\n2026-11-02,6,A\n", ("serial_twice", 3, "serial")),
        ("date,amount,balance\n2026-11-02,5,5\n2026-11-03,6,12\n", ("balances_do_not_follow", 0, "")),
        ("date,amount\n2026-11-02,5,surplus\n", ("more_cells_than_columns", 2, "")),
        (f"date,amount,memo\n2026-11-02,5,{'x' * 501}\n", ("cell_too_long", 2, "")),
        ("date,amount\n" + "2026-11-02,1\n" * (ROWS_AT_MOST + 1), ("too_many_rows", ROWS_AT_MOST + 2, "")),
        (b"x" * (BYTES_AT_MOST + 1), ("file_too_large", 0, "")),
    ],
)
def test_nothing_is_read_by_halves(content, says):
    assert refused(content) == says


def test_decimals_are_the_currencys():
    assert refused("date,amount\n2026-11-02,5.5\n", "JPY") == ("not_an_amount", 2, "amount")
    [line] = read_statement(b"date,amount\n2026-11-02,5.125\n", "KWD").lines
    assert line.money == Money(5_125, "KWD")


def test_every_reason_has_a_sentence():
    for code in PROBLEMS:
        assert "%" not in problem(WrongFile(code, row=3, column="金额"))


def test_what_we_write_is_the_same_each_time_and_runs_nowhere():
    orders = [Ordered(new_code(), "=HYPERLINK()", "6222021234567890128", "招商银行", Money(123_450, "CNY"))] * 2
    content = batch_file(orders)
    assert content == batch_file(orders)
    rows = content.decode("utf-8-sig").splitlines()
    assert "'=HYPERLINK()" in rows[1]
    assert rows[-1] == "total 合计,2,,,2469.00,CNY"


def test_answers_of_the_bank():
    one, other = new_code(), new_code()
    content = f"附言,金额,处理结果,失败原因,流水号\n{one},12.00,成功,,S1\n{other},3,退汇,户名不符,S2\n".encode(
        "gb18030"
    )
    first, second = read_confirmation(content, "CNY")
    assert (first.code, first.is_paid, first.serial) == (one, True, "S1")
    assert (second.code, second.is_paid, second.reason, second.money) == (other, False, "户名不符", Money(300, "CNY"))
    for cells, code in (
        (f"{one},12,成功\n{one},12,成功", "reference_twice"),
        ("x,12,成功", "not_a_reference"),
        (f"{one},12,maybe", "not_a_result"),
        (f"{one},twelve,成功", "not_an_amount"),
    ):
        with pytest.raises(WrongFile, match=code):
            read_confirmation(f"附言,金额,处理结果\n{cells}\n".encode(), "CNY")
