"""What rows choose among, as tuples: the `values` of Django's choices are a new list each time."""

from marketplace.accounts.categories import Category
from marketplace.accounts.platforms import Platform
from marketplace.accounts.regions import Region
from marketplace.campaigns.models import Form, PriceModelChoice

CATEGORIES = tuple(Category.values)
PLATFORMS = tuple(Platform.values)
REGIONS = tuple(Region.values)
FORMS = tuple(Form.values)
PRICE_MODELS = tuple(PriceModelChoice.values)
CURRENCIES = ("CNY",) * 7 + ("USD", "USD", "EUR")
