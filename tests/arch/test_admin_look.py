"""The admin's stylesheet is what its sources say."""

from scripts import build_css


def test_the_admins_stylesheet_is_fresh() -> None:
    assert build_css.ADMIN.read_text() == build_css.build_admin(), "run scripts/build_css.py"
