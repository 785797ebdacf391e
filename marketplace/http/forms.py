"""How forms look and what each of them carries."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money


class MooringFormRenderer(TemplatesSetting):
    """Every form and field of the project through our own two templates."""

    form_template_name = "http/forms/form.html"
    field_template_name = "http/forms/field.html"


class MoneyField(forms.CharField):
    """An amount as people type it (`1,234.50`), cleaned to Money of the form's `currency` or of a sibling field."""

    default_error_messages = {
        "not_money": _("Write an amount such as 1,234.50."),
        "decimals": _("%(currency)s has %(digits)s digits after the point."),
        "minimum": _("The least is %(amount)s."),
        "maximum": _("The most at once is %(amount)s."),
    }
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_money(self, text: str, currency: str, *, minimum: int = 1, maximum: int | None = None) -> Money:
        """Raises ValidationError with the sentence that helps."""
        try:
            money = Money.parse(text, currency)
        except ValueError:
            raise ValidationError(self.error_messages["not_money"], code="not_money") from None
        if money.amount_minor < minimum:
            raise self._bound("minimum", minimum, currency)
        if maximum is not None and money.amount_minor > maximum:
            raise self._bound("maximum", maximum, currency)
        return money

    def _bound(self, code: str, amount_minor: int, currency: str) -> ValidationError:
        return ValidationError(
            self.error_messages[code], code=code, params={"amount": str(Money(amount_minor, currency))}
        )
