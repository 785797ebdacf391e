"""Links outside: plain https or nothing."""

import pytest

from marketplace.campaigns.links import host_of, plain_https


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://shop.example/tea", "https://shop.example/tea"),
        (" shop.example ", "https://shop.example/"),
        ("HTTPS://Shop.Example/Tea?a=1&b=2#top", "https://shop.example/Tea?a=1&b=2#top"),
        ("https://item.shop.example/p/%E8%8C%B6", "https://item.shop.example/p/%E8%8C%B6"),
        ("https://shop.example/茶", "https://shop.example/%E8%8C%B6"),
        ("https://茶叶.example/", "https://xn--qpr921i.example/"),
        ("https://shop.example?id=7", "https://shop.example?id=7"),
    ],
)
def test_a_plain_address_in_one_spelling(typed, kept):
    assert plain_https(typed) == kept
    assert plain_https(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://shop.example",
        "data:text/html,<script>alert(1)</script>",
        "http://shop.example/",
        "http://mei@shop.example/",
        "ftp://shop.example/",
        "//shop.example/",
        "https://",
        "https:shop.example",
        "https:/shop.example",
        "https://shop.example@evil.example/",
        "https://mei:secret@shop.example/",
        "https://evil.example\\@shop.example/",
        "https://shop.example:8443/",
        "https://shop.example:443@evil.example/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://localhost/",
        "https://intranet/",
        "https://-shop.example/",
        "https://shop..example/",
        "https://shop.example/a b",
        "https://shop.example/\nSet-Cookie:a",
        "https://shop.example/\x00",
        'https://shop.example/"onmouseover="alert(1)',
        "https://shop.example/<script>",
        "https://shop.example/" + "a" * 300,
    ],
)
def test_whatever_could_lead_elsewhere_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011  the sentence is the form's
        plain_https(typed)


def test_a_letter_that_looks_like_another_is_shown_as_what_it_is():
    link = plain_https("https://shоp.example/")  # a Cyrillic o
    assert host_of(link) == "xn--shp-ted.example"


def test_whose_page_it_is():
    assert host_of("https://www.shop.example/tea") == "shop.example"
