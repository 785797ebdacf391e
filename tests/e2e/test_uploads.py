"""A file goes up in parts in a real browser, through a broken line and a reload."""

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
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
from tests.web.media.conftest import plain_static, signed_in

__all__ = ["plain_static", "storage"]

FILM = film(frames=400_000)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        return


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
    application = StaticFilesHandler(get_wsgi_application())

    def answer(environ, start):
        try:
            return application(environ, start)
        finally:
            connections.close_all()

    server = make_server("localhost", 0, answer, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    path = reverse("work", args=[script.public_id])
    yield {
        "url": f"http://localhost:{server.server_port}",
        "path": path,
        "name": settings.SESSION_COOKIE_NAME,
        "value": cookie.value,
    }
    server.shutdown()
    thread.join()
    server.server_close()


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
