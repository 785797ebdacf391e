"""Words that look like a way around the platform: addresses, numbers, accounts of messengers, payment links.

Told before any contract, because what is agreed and paid elsewhere is not protected. A hint to the writer, never a
verdict: it finds the plain cases and does not hunt for disguises.
"""

import re
import unicodedata

MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.|\s?\(dot\)\s?|\s?\[dot\]\s?)[a-z]{2,}", re.IGNORECASE)
# Nine to fifteen digits (E.164), but no dates and no amounts: those have separators of thousands or fewer digits.
PHONE = re.compile(r"(?<![\w.,/-])\+?\d(?:[ -]?\d){8,14}(?![\w,/-]|\.\d)")
MESSENGER = re.compile(
    r"(?:微信|威信|加\s?v|wechat|weixin|whatsapp|telegram|\bvx\b|\bwx\b|\bqq\b|\bline\s?id\b|\bsignal\b|skype|飞书|钉钉)"
    r"(?:\s?(?:号|id|number|account))?\s*[:：是]?\s*[a-z0-9_+@-]{4,}",
    re.IGNORECASE,
)
PAYMENT = re.compile(
    r"(?:paypal\.me|wise\.com/pay|venmo\.com|cash\.app|revolut\.me|buy\.stripe\.com|qr\.alipay\.com|wxp://|alipays?://|weixin://)"
    r"|(?:支付宝|paypal|venmo|zelle)\s*(?:账号|account|id)?\s*[:：]\s*\S{4,}",
    re.IGNORECASE,
)


def looks_like_contact(text: str) -> bool:
    """Whether `text` holds something by which its reader could be reached, or pay, past the platform."""
    plain = unicodedata.normalize("NFKC", text)
    return any(pattern.search(plain) for pattern in (MAIL, PHONE, MESSENGER, PAYMENT))
