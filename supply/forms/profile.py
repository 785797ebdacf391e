from django import forms

from marketplace.accounts.categories import Category
from marketplace.media.forms.party import OptionalPictureMixin
from supply.models import SupplierProfile


class SupplierProfileForm(OptionalPictureMixin, forms.ModelForm):
    categories = forms.MultipleChoiceField(
        label=SupplierProfile._meta.get_field("categories").verbose_name,
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("picture", "categories", "ships_from", "about", "site")

    class Meta:
        model = SupplierProfile
        fields = ("categories", "ships_from", "about", "site")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("categories", "ships_from"):
            self.fields[name].required = True
