from django import forms

from brands.models import BrandProfile
from marketplace.accounts.categories import Category
from marketplace.media.forms.party import OptionalPictureMixin


class BrandProfileForm(OptionalPictureMixin, forms.ModelForm):
    categories = forms.MultipleChoiceField(
        label=BrandProfile._meta.get_field("categories").verbose_name,
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("picture", "categories", "story", "site")

    class Meta:
        model = BrandProfile
        fields = ("categories", "site", "story")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("categories", "story"):
            self.fields[name].required = True
