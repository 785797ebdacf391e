"""What looks like a way around the platform, and what only looks a little like it."""

import pytest

from marketplace.chat.contacts import looks_like_contact

CONTACTS = [
    "Write to mei@example.com",
    "mei (at) example [dot] com",
    "Call me: +44 20 7946 0958",
    "我的电话 13800138000",
    "加我微信：xiawei_2026",
    "加v xiawei88",
    "WeChat id: xia-wei",
    "ＷｅＣｈａｔ：ｘｉａｗｅｉ",
    "WhatsApp +447700900123",
    "QQ 123456789",
    "Pay me at https://paypal.me/xiawei",
    "支付宝账号：xia@x",
    "wxp://f2f0abcdef",
]
WORDS = [
    "The fee is 12,500.00 CNY",
    "Live on 2026-11-30 at 20:00",
    "30.11.2026, 8 to 10 in the evening",
    "Order 4711, seat 3 of 12",
    "I have 1 200 000 followers",
    "1,200,000 views in a month",
    "See https://example.com/reel/1234567890",
    "用微信支付的用户很多",
    "We sell on WeChat and Douyin",
    "line up two cameras",
    "",
]


@pytest.mark.parametrize("text", CONTACTS)
def test_contact_details_are_noticed(text):
    assert looks_like_contact(text)


@pytest.mark.parametrize("text", WORDS)
def test_other_words_are_left_alone(text):
    assert not looks_like_contact(text)
