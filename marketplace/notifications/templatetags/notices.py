from django import template

from marketplace.notifications.models import Notice
from marketplace.notifications.wording import Words, words

register = template.Library()


@register.simple_tag
def notice_words(notice: Notice) -> Words:
    """A notice in the reader's language."""
    return words(notice.kind, notice.facts)
