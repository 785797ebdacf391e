import pytest

from tests.factories.people import Person, make_owner
from tests.factories.rail import Desk


@pytest.fixture
def rail(settings) -> None:
    settings.BANK_RAIL_ACCOUNT_HOLDER = "泊台科技有限公司"
    settings.BANK_RAIL_ACCOUNT_BANK = "中国银行上海分行"
    settings.BANK_RAIL_ACCOUNT_NUMBER = "4563510100881234567"
    settings.SITE_URL = "http://localhost:8000"


@pytest.fixture
def desk(committed_db, rail) -> Desk:
    return Desk()


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner()
