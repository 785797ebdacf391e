from marketplace.bank_rail.account_numbers import plain_number
from marketplace.bank_rail.codes import ALPHABET, codes_in, new_code
from marketplace.bank_rail.sealed import fingerprint, seal, unseal

CODE = new_code()
SYMBOLS = CODE.replace("-", "")


def test_it_is_read_however_a_payer_writes_it():
    full_width = "".join(chr(ord(one) + 0xFEE0) for one in CODE)
    for written in (CODE, CODE.lower(), SYMBOLS, " ".join(SYMBOLS), full_width, f"货款{CODE}谢谢", f"{CODE};{CODE}"):
        assert codes_in(written) == [CODE], written
    assert codes_in(CODE.replace("MOOR", "M00R")) == [CODE]
    assert codes_in("") == codes_in("MOOR-") == codes_in("MOOR 2222 2223") == []


def test_no_wrong_symbol_and_no_two_that_changed_places_pass():
    body = CODE[5:].replace("-", "")
    for place, symbol in enumerate(body):
        for other in set(ALPHABET) - {symbol}:
            assert codes_in(f"MOOR{body[:place]}{other}{body[place + 1 :]}") == []
        if place + 1 < len(body) and symbol != body[place + 1]:
            assert codes_in(f"MOOR{body[:place]}{body[place + 1]}{symbol}{body[place + 2 :]}") == []


def test_two_payments_in_one_transfer_are_both_seen():
    other = new_code()
    assert codes_in(f"{CODE} {other}") == [CODE, other]


def test_numbers_of_accounts():
    assert (
        plain_number("6222 0212 3456 7890 128")
        == plain_number("６２２２０２１２３４５６７８９０１２８")
        == "6222021234567890128"
    )
    assert plain_number("6222 0212 3456 7890 129") is None  # a card's last digit
    assert plain_number("4563510100881234567") == "4563510100881234567"  # a firm's account has no such rule
    assert [plain_number(text) for text in ("", "1234567", "12345678x", "1" * 35, "=1+1")] == [None] * 5


def test_what_is_sealed_opens_with_an_older_key_too(settings):
    [old] = settings.BANK_RAIL_KEYS
    sealed = seal("6222021234567890128")
    assert "6222" not in sealed
    settings.BANK_RAIL_KEYS = ["zmXWCQ8Zz4eVtM7c1Y1bYVqH6cT8kqk8yyq5m0cX3mA=", old]
    assert unseal(sealed) == "6222021234567890128" != unseal(seal("1"))
    assert fingerprint("1") == fingerprint("1") != fingerprint("2")
