import pytest

from creators.portrait import PARTS, cleaned


def test_nought_and_the_unknown_are_left_out():
    assert cleaned("gender", {"women": 60, "men": 0, "nonsense": 30}) == {"women": 60}


def test_the_whole_is_allowed_and_one_more_is_not():
    assert cleaned("hour", {"20": 60, "22": 40}) == {"20": 60, "22": 40}
    with pytest.raises(ValueError, match="more than 100 percent"):
        cleaned("hour", {"20": 60, "22": 41})


@pytest.mark.parametrize("share", [-1, 101, 12.5, "12"])
def test_a_share_is_a_whole_percent(share):
    with pytest.raises(ValueError, match="no percentage"):
        cleaned("age", {"18_24": share})


def test_a_day_has_twelve_pairs_of_hours():
    assert list(PARTS["hour"].values())[:2] == ["0–2", "2–4"]
    assert len(PARTS["hour"]) == 12
