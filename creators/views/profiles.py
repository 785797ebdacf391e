from creators.forms import AboutForm, AgencyProfileForm, FirstStepsForm
from creators.services.profiles import save_agency_profile, save_anchor_file
from marketplace.accounts.models import PartyKind
from marketplace.media.views.profile import PictureProfileView


class AnchorFileView(PictureProfileView):
    kinds = frozenset({PartyKind.ANCHOR})
    form_class = AboutForm
    first_form_class = FirstStepsForm
    template_name = "creators/anchor_file.html"
    afterwards = "anchor-file"
    save = staticmethod(save_anchor_file)


class AgencyProfileView(PictureProfileView):
    kinds = frozenset({PartyKind.AGENCY})
    form_class = AgencyProfileForm
    template_name = "creators/agency_profile.html"
    save = staticmethod(save_agency_profile)
