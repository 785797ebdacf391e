import pytest

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi


@pytest.fixture
def api(bank: Bank) -> StripeApi:
    """The official SDK, pointed at the stand-in; it does not try again by itself."""
    return StripeApi(bank)
