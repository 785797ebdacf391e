"""Currencies as data: how many minor digits each has (ISO 4217)."""

_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: "AED ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
    "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR "
    "JMD KES KGS KHR KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO "
    "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB "
    "TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW",
    3: "BHD IQD JOD KWD LYD OMR TND",
}

MINOR_DIGITS = {code: digits for digits, codes in _DIGITS.items() for code in codes.split()}


def is_known(code: str) -> bool:
    """Whether the bank keeps accounts in this currency."""
    return code in MINOR_DIGITS


def amount(minor: int, code: str) -> str:
    """`100000, CNY` as `1,000.00`: grouped, right digits, a real minus sign."""
    digits = MINOR_DIGITS[code]
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{whole:,}" + (f".{rest:0{digits}d}" if digits else "")
    return ("−" if minor < 0 else "") + text


def plain(minor: int, code: str) -> str:
    """`-100000, CNY` as `-1000.00`: for files that other programs read."""
    return amount(minor, code).replace(",", "").replace("−", "-")
