from brands.forms import BrandProfileForm
from brands.services.profile import save_profile
from marketplace.accounts.models import PartyKind
from marketplace.media.views.profile import PictureProfileView


class BrandProfileView(PictureProfileView):
    kinds = frozenset({PartyKind.BRAND})
    form_class = BrandProfileForm
    template_name = "brands/profile.html"
    save = staticmethod(save_profile)
