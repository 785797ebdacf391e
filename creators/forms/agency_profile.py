from django import forms
from django.utils.translation import gettext_lazy as _

from creators.models import AgencyProfile
from marketplace.accounts.categories import Category
from marketplace.media.forms.party import OptionalPictureMixin


class AgencyProfileForm(OptionalPictureMixin, forms.ModelForm):
    categories = forms.MultipleChoiceField(
        label=_("What you are good at"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )

    field_order = ("picture", "categories", "about", "region", "site")

    class Meta:
        model = AgencyProfile
        fields = ("categories", "region", "site", "about")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("categories", "about"):
            self.fields[name].required = True
