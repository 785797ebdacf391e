from marketplace.campaigns.models.application import Application
from marketplace.campaigns.models.attachment import Attachment
from marketplace.campaigns.models.campaign import Campaign
from marketplace.campaigns.models.offer import Offer, Side
from marketplace.campaigns.models.product import MOST_PRODUCTS, TaskProduct
from marketplace.campaigns.models.saved_search import SavedSearch, SearchHit
from marketplace.campaigns.models.standby import Standby, StandbyCall
from marketplace.campaigns.models.v_task import Form, Mode, PriceModelChoice, VTask

__all__ = [
    "MOST_PRODUCTS",
    "Application",
    "Attachment",
    "Campaign",
    "Form",
    "Mode",
    "Offer",
    "PriceModelChoice",
    "SavedSearch",
    "SearchHit",
    "Side",
    "Standby",
    "StandbyCall",
    "TaskProduct",
    "VTask",
]
