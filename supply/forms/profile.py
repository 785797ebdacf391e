from django import forms

from marketplace.accounts.categories import Category
from supply.models import SupplierProfile


class SupplierProfileForm(forms.ModelForm):
    categories = forms.MultipleChoiceField(
        label=SupplierProfile._meta.get_field("categories").verbose_name,
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = SupplierProfile
        fields = ("categories", "ships_from", "about")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("categories", "ships_from"):
            self.fields[name].required = True
