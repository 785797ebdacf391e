from creators.models.agency_profile import AgencyProfile
from creators.models.anchor_file import AnchorFile

__all__ = ["AgencyProfile", "AnchorFile"]
