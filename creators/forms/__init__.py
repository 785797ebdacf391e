from creators.forms.agency_profile import AgencyProfileForm
from creators.forms.anchor_file import AnchorFileForm

__all__ = ["AgencyProfileForm", "AnchorFileForm"]
