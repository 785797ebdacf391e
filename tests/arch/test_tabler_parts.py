"""The page stylesheet holds what pages use of Tabler, and little else."""

import pytest

from scripts import build_css
from scripts.tabler_parts import of_a_component, parts, wanted

SMALL_ENOUGH = 230_000  # 200 kB today, and room for what the next pages use


def test_the_pages_stylesheet_is_small() -> None:
    assert build_css.TARGET.stat().st_size <= SMALL_ENOUGH


@pytest.mark.parametrize(
    ("selector", "stays"),
    [
        ("h1", True),
        (".used", True),
        (".used .other", False),
        (".used:not(.other)", True),
        (".modal-body", True),
        (".btn-google", False),
        (".offcanvas-lg", False),
        ("[data-vc=calendar] .used", False),
        ("[data-bs-theme-primary=pink]", False),
        ("[data-bs-theme=dark] .used", True),
        (r".mt-2\.5", False),
    ],
)
def test_a_rule_stays_when_all_that_it_asks_for_is_there(selector, stays) -> None:
    assert wanted(selector, {"used"}) is stays


@pytest.mark.parametrize(
    "name",
    [
        "table",
        "form-control",
        "card-body",
        "offcanvas-end",
        "dropdown-menu",
        "badge",
        "progress-bar",
        "avatar",
        "steps",
    ],
)
def test_what_is_wanted_next_is_there(name) -> None:
    assert of_a_component(name)
    assert f".{name}" in build_css.TARGET.read_text()


def test_what_nothing_reads_goes_and_takes_with_it_what_it_read() -> None:
    css = ":root{--a:1;--b:var(--a);--c:url('data:;--d:2')}h1{color:var(--c)}@keyframes idle{to{top:0}}"
    assert parts(css, ours="") == ":root{--c:url('data:;--d:2')}h1{color:var(--c)}"
    assert "--a:1" in parts(css, ours="p{top:var(--b)}")
