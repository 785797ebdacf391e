"""How the bank's pages write money."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from marketplace.payments.standin.engine import currencies

register = template.Library()


@register.simple_tag
def money(minor: int, currency: str) -> SafeString:
    """A small code and the number, `CNY 1,000.00`, the same in both languages."""
    return format_html('<span class="money"><small>{}</small> {}</span>', currency, currencies.amount(minor, currency))


@register.simple_tag
def figure(minor: int, currency: str) -> str:
    """The number alone, for a column that says its currency once."""
    return currencies.amount(minor, currency)
