from django import template

from marketplace.reliability import wording

register = template.Library()
register.filter(wording.said_hours)
register.filter(wording.said_value)
register.filter(wording.said_basis)
