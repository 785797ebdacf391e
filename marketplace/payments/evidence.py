"""The texts that a provider takes as an answer to a chargeback, by its own names, and how ours are laid out. Pure.

https://docs.stripe.com/api/disputes/update#update_dispute-evidence: a text of at most 20,000 characters each, 150,000
in all. What it wants as a file (receipts, signatures) is told in `uncategorized_text`.
"""

from collections.abc import Mapping
from enum import StrEnum

AT_MOST = 20_000


class Text(StrEnum):
    CUSTOMER_NAME = "customer_name"
    CUSTOMER_EMAIL = "customer_email_address"
    CUSTOMER_IP = "customer_purchase_ip"
    BILLING_ADDRESS = "billing_address"
    PRODUCT = "product_description"
    SERVICE_DATE = "service_date"
    ACCESS_LOG = "access_activity_log"
    CANCELLATION = "cancellation_policy_disclosure"
    REFUND_POLICY = "refund_policy_disclosure"
    REFUSAL = "refund_refusal_explanation"
    ALL_ELSE = "uncategorized_text"


# What finance writes herself.
FREE = (Text.PRODUCT, Text.REFUSAL, Text.ALL_ELSE)


def joined(*texts: str) -> str:
    """Those that say something, a blank line between them, as much as the provider reads."""
    return "\n\n".join(text.strip() for text in texts if text.strip())[:AT_MOST]


def as_sent(gathered: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """Our own words first, then what was gathered; what is empty is left out."""
    both = {text.value: joined(words.get(text, ""), gathered.get(text, "")) for text in Text}
    return {name: text for name, text in both.items() if text}
