from creators.models.agency_profile import AgencyProfile
from creators.models.anchor_file import AnchorFile, PartOfDay
from creators.models.channel import Channel
from creators.models.fan_portrait import FanPortrait
from creators.models.portfolio_item import PortfolioItem
from creators.models.rate import Rate
from creators.models.roster import AgencyAnchor, AgencyRequest
from creators.models.time_off import TimeOff

__all__ = [
    "AgencyAnchor",
    "AgencyProfile",
    "AgencyRequest",
    "AnchorFile",
    "Channel",
    "FanPortrait",
    "PartOfDay",
    "PortfolioItem",
    "Rate",
    "TimeOff",
]
