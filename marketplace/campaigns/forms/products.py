"""The products of a V task, one row a place. A row in which nothing is written is no product."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.links import LONGEST, plain_https
from marketplace.campaigns.models import MOST_PRODUCTS, TaskProduct, VTask
from marketplace.campaigns.selectors.hall import CURRENCIES
from marketplace.campaigns.wording import SENTENCES
from marketplace.http.forms import MoneyField
from marketplace.media.forms.fields import PictureField

HIGHEST_MINOR = 1_000_000_000_000


class ProductForm(forms.Form):
    """`there` are the products that the task has, by place. `kept()` is whatever is valid, the rest as it was."""

    place = forms.IntegerField(min_value=1, max_value=MOST_PRODUCTS, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Product"), max_length=80, required=False)
    price = MoneyField(label=_("Price"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES], required=False)
    link = forms.CharField(
        label=_("Link"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}),
    )
    photo = PictureField(label=_("Picture"), required=False)

    def __init__(self, *args, there: Mapping[int, TaskProduct], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.there = there
        self.fields["name"].needed = self.fields["currency"].needed = True

    @property
    def standing(self) -> int:
        """The place that the row says; 0 for none."""
        said = str(self["place"].value() or "")
        return int(said) if said.isdecimal() and len(said) == 1 else 0

    @property
    def product(self) -> TaskProduct | None:
        return self.there.get(self.standing)

    @property
    def is_blank(self) -> bool:
        typed = ("name", "price", "link", "photo")
        return self.product is None and not any(self.cleaned_data.get(name) or name in self.errors for name in typed)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_link(self) -> str:
        typed = self.cleaned_data["link"].strip()
        try:
            return plain_https(typed) if typed else ""
        except ValueError:
            raise ValidationError(SENTENCES["link_not_accepted"]) from None

    def clean(self) -> dict:
        cleaned = super().clean()
        text = cleaned.get("price") or ""
        currency = cleaned.get("currency") or CURRENCIES[0]
        if text.strip() and "currency" not in self.errors:
            try:
                money = self.fields["price"].to_money(text, currency, minimum=0, maximum=HIGHEST_MINOR)
                cleaned["price_minor"] = money.amount_minor
            except ValidationError as error:
                self.add_error("price", error)
        elif "price" not in self.errors:
            cleaned["price_minor"] = 0
        if not self.is_blank and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", ValidationError(SENTENCES["product_unnamed"]))
        return cleaned

    def kept(self) -> dict[str, object]:
        """Empty when there is no product to write: an unnamed one is none."""
        named = self.cleaned_data.get("name") or self.product
        if self.is_blank or not named or not self.cleaned_data.get("place"):
            return {}
        names = [name for name in ("name", "link", "currency", "price_minor") if name in self.cleaned_data]
        return {name: self.cleaned_data[name] for name in names if name not in self.errors}


ProductFormSet = formset_factory(
    ProductForm, extra=0, max_num=MOST_PRODUCTS, absolute_max=MOST_PRODUCTS, validate_max=True
)


def products_formset(task: VTask, data=None, files=None) -> forms.BaseFormSet:
    """The products that are there and one empty row, while there is a place for it."""
    there = {one.place: one for one in task.products.all()}
    rows = [
        {
            "place": one.place,
            "name": one.name,
            "price": one.price.figure if one.price else "",
            "currency": one.currency,
            "link": one.link,
        }
        for one in there.values()
    ]
    free = [place for place in range(1, MOST_PRODUCTS + 1) if place not in there][:1]
    empty = [{"place": place, "currency": task.currency} for place in free]
    return ProductFormSet(data, files, initial=rows + empty, prefix="p", form_kwargs={"there": there})
