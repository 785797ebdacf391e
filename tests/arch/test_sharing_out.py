"""Nobody is shared out by a name that is gone."""

from marketplace.stack.paths import ROOT
from tests.support.sharing_out import FIRST, TOGETHER


def test_every_unit_has_its_files():
    assert [start for start in TOGETHER if not (ROOT / start).exists()] == []
    assert set(TOGETHER.values()) == set(FIRST)
