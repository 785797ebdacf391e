from marketplace.accounts.models import PartyKind
from marketplace.media.views.profile import PictureProfileView
from supply.forms import SupplierProfileForm
from supply.services.profile import save_profile


class SupplierProfileView(PictureProfileView):
    kinds = frozenset({PartyKind.SUPPLIER})
    form_class = SupplierProfileForm
    template_name = "supply/profile.html"
    save = staticmethod(save_profile)
