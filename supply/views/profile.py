from marketplace.accounts.models import PartyKind
from marketplace.accounts.views.profile import ProfileView
from supply.forms import SupplierProfileForm
from supply.services.profile import save_profile


class SupplierProfileView(ProfileView):
    kinds = frozenset({PartyKind.SUPPLIER})
    form_class = SupplierProfileForm
    template_name = "supply/profile.html"
    save = staticmethod(save_profile)
