from datetime import UTC, datetime

import pytest

from marketplace.accounts.models import Party
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.steps.posting import post, post_all

CHARGED = datetime(2026, 11, 1, 9, tzinfo=UTC)

post_now = use_case(post)
post_all_now = use_case(post_all)


@pytest.fixture
def wallet(db) -> chart.AccountRef:
    return make_wallet()


def make_wallet() -> chart.AccountRef:
    party = Party.objects.create(kind="brand", name="Chenyu Tea")
    return chart.wallet(party.public_id, party.pk)


def top_up(wallet: chart.AccountRef, amount_minor: int, currency: str = "CNY", charge: str | None = None):
    return plans.top_up(
        funding=new_id("fnd"),
        wallet=wallet,
        lot_public_id=new_id("lot"),
        provider="test_bank",
        charge=charge or new_id("chg"),
        money=Money(amount_minor, currency),
        charged_at=CHARGED,
    )
