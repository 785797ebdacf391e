from creators.models.agency_profile import AgencyProfile
from creators.models.anchor_file import AnchorFile
from creators.models.roster import AgencyAnchor, AgencyRequest

__all__ = ["AgencyAnchor", "AgencyProfile", "AgencyRequest", "AnchorFile"]
