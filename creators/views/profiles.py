from creators.forms import AgencyProfileForm, AnchorFileForm
from creators.services.profiles import save_agency_profile, save_anchor_file
from marketplace.accounts.models import PartyKind
from marketplace.accounts.views.profile import ProfileView


class AnchorFileView(ProfileView):
    kinds = frozenset({PartyKind.ANCHOR})
    form_class = AnchorFileForm
    template_name = "creators/anchor_file.html"
    save = staticmethod(save_anchor_file)


class AgencyProfileView(ProfileView):
    kinds = frozenset({PartyKind.AGENCY})
    form_class = AgencyProfileForm
    template_name = "creators/agency_profile.html"
    save = staticmethod(save_agency_profile)
