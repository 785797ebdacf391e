"""A file goes up in parts in a real browser, through a broken line and a reload."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from marketplace.media import limits
from marketplace.media.models import Asset, Upload
from marketplace.media.views import resumable as door
from tests.db.media.conftest import storage
from tests.e2e.conftest import DESK
from tests.factories.deals import verify as verified
from tests.factories.films import film
from tests.factories.funded import funded, piece
from tests.factories.people import make_owner
from tests.support.pages_here import pages_here
from tests.web.media.conftest import plain_static, signed_in

__all__ = ["plain_static", "storage"]

FILM = film(frames=400_000)


@pytest.fixture(scope="module", autouse=True)
def beside_the_browsers_loop() -> Iterator[None]:
    """Playwright's loop runs in this thread, and Django would refuse to read beside it; nothing here waits for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def served(committed_db, settings, monkeypatch) -> Iterator[dict[str, str]]:
    """A deal to hand in for, and this program's pages at an address; a part is 64 kB here."""
    monkeypatch.setattr(door, "CHUNK_BYTES", 65_536)
    settings.ALLOWED_HOSTS = ["*"]
    merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    verified(anchor.party, "anchor")
    script = piece(funded(merchant, anchor), 1)
    cookie = signed_in(anchor).cookies[settings.SESSION_COOKIE_NAME]
    path = reverse("work", args=[script.public_id])
    with pages_here() as url:
        yield {"url": url, "path": path, "name": settings.SESSION_COOKIE_NAME, "value": cookie.value}


def test_a_broken_line_and_a_reload_cost_nothing(served, browser: Browser, tmp_path):
    assert limits.CHUNK_BYTES > 65_536
    cut = tmp_path / "final cut.mp4"
    cut.write_bytes(FILM)
    context = browser.new_context(**DESK)
    context.add_cookies([{"name": served["name"], "value": served["value"], "url": served["url"]}])
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(served["url"] + served["path"])
    sent = {"parts": 0}

    def flaky(route) -> None:
        if route.request.method == "PATCH":
            sent["parts"] += 1
            if sent["parts"] > 3:
                return route.abort()
        return route.continue_()

    page.route("**/uploads/*/", flaky)
    page.set_input_files("#hand-in input[type=file]", cut)
    expect(page.locator(".upload__said")).to_have_text("No connection. We try again by ourselves.", timeout=15_000)
    page.unroute("**/uploads/*/")
    page.goto(served["url"] + served["path"])
    first = []
    page.on("request", lambda asked: first.append(asked) if asked.method == "PATCH" else None)
    page.set_input_files("#hand-in input[type=file]", cut)
    expect(page.locator(".upload__said")).to_have_text("It is here", timeout=30_000)
    assert first[0].headers["upload-offset"] == str(3 * 65_536)
    assert len(first) == -(-len(FILM) // 65_536) - 3
    expect(page.locator("[data-upload-said]")).to_have_text("final cut.mp4: It is here")
    page.click("#hand-in button[value=submit]")
    expect(page.locator("#version-1")).to_contain_text("final cut.mp4")
    context.close()
    assert complaints == []


def test_what_arrived_is_one_file(served, browser: Browser, tmp_path, storage):
    """A pause, going on, and a second one that is cancelled."""
    cut, other = tmp_path / "a.mp4", tmp_path / "b.mp4"
    cut.write_bytes(FILM)
    other.write_bytes(FILM)
    context = browser.new_context(**DESK)
    context.add_cookies([{"name": served["name"], "value": served["value"], "url": served["url"]}])
    page = context.new_page()
    page.goto(served["url"] + served["path"])
    page.route("**/uploads/*/", lambda route: route.continue_())
    page.set_input_files("#hand-in input[type=file]", cut)
    page.click("[data-upload-pause]")
    expect(page.locator(".upload__said")).to_have_text("Paused")
    page.click("[data-upload-pause]")
    expect(page.locator(".upload__said")).to_have_text("It is here", timeout=30_000)
    page.set_input_files("#hand-in input[type=file]", other)
    page.locator("[data-upload-cancel]").nth(1).click()
    expect(page.locator(".upload__file")).to_have_count(1)
    kept = page.locator("input[name=files]").input_value()
    context.close()
    assert kept.startswith("ast_")
    assets = list(Asset.objects.values_list("public_id", "size_bytes", "original"))
    assert [row[:2] for row in assets] == [(kept, len(FILM))]
    assert (storage / assets[0][2]).read_bytes() == FILM
    assert "finished" in Upload.objects.values_list("state", flat=True)
