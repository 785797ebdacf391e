import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.contracts.releasing import parts_of
from marketplace.contracts.waterfall import waterfall
from marketplace.core.money import Money, split_minor

NAMES = ("gross", "platform_fee", "vat", "agency", "withheld", "anchor")


def test_a_fifth_of_a_fee():
    falls = waterfall(Money(1_200_000, "CNY"), vat_bp=600, agency_share_bp=1_500)
    parts = parts_of(falls, before_minor=0, gross_minor=240_000)
    assert [getattr(parts, f"{name}_minor") for name in NAMES] == [240_000, 12_000, 720, 36_000, 0, 204_000]
    assert parts.total == Money(252_720, "CNY")


@given(
    gross=st.integers(1, 10**12),
    vat=st.integers(0, 2_500),
    share=st.integers(0, 10_000),
    weights=st.lists(st.integers(0, 100), min_size=1, max_size=9).filter(any),
)
def test_releases_together_are_the_waterfall(gross, vat, share, weights):
    falls = waterfall(Money(gross, "JPY"), vat_bp=vat, agency_share_bp=share)
    before, sums, total = 0, dict.fromkeys(NAMES, 0), 0
    for part in filter(None, split_minor(gross, weights)):
        parts = parts_of(falls, before_minor=before, gross_minor=part)
        before += part
        total += parts.total.amount_minor
        for name in NAMES:
            assert getattr(parts, f"{name}_minor") >= 0
            sums[name] += getattr(parts, f"{name}_minor")
    assert sums == {name: getattr(falls, f"{name}_minor") for name in NAMES}
    assert total == falls.pays_minor


@pytest.mark.parametrize(("before", "gross"), [(0, 0), (0, 101), (60, 41), (-1, 5)])
def test_nothing_outside_the_fee(before, gross):
    with pytest.raises(ValueError, match="within the fee"):
        parts_of(waterfall(Money(100, "CNY"), vat_bp=0), before_minor=before, gross_minor=gross)
