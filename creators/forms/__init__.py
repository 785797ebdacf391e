from creators.forms.agency_profile import AgencyProfileForm
from creators.forms.anchor_file import AboutForm, ChannelForm, FirstStepsForm
from creators.forms.portrait import PortraitForm
from creators.forms.sections import CoverForm, NewPieceForm, PieceForm, RatesForm, TimeOffForm, WeekForm

__all__ = [
    "AboutForm",
    "AgencyProfileForm",
    "ChannelForm",
    "CoverForm",
    "FirstStepsForm",
    "NewPieceForm",
    "PieceForm",
    "PortraitForm",
    "RatesForm",
    "TimeOffForm",
    "WeekForm",
]
