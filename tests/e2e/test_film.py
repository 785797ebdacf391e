"""A draft in a real browser: the words stay over film and picture, and comments point into the film."""

import base64
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from marketplace.contracts.services.work import approve, remark
from tests.db.media.conftest import storage
from tests.db.media.test_resumable import whole
from tests.e2e.conftest import DESK
from tests.e2e.test_uploads import beside_the_browsers_loop
from tests.factories.funded import funded, piece
from tests.factories.people import Person
from tests.factories.pictures import picture
from tests.support.pages.inspector import AXE, RUN_AXE, TAGS
from tests.support.pages_here import pages_here
from tests.support.relay import relay_all
from tests.web.contracts.test_drafts import Deal, words
from tests.web.media.conftest import plain_static, signed_in

__all__ = ["beside_the_browsers_loop", "plain_static", "storage"]

# Two seconds of a square that moves, as this browser itself records them.
RECORD = """async () => {
    const canvas = Object.assign(document.createElement("canvas"), {width: 320, height: 180});
    const pen = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(10), {mimeType: "video/webm;codecs=vp8"});
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const over = new Promise((done) => { recorder.onstop = done; });
    recorder.start();
    for (let step = 0; step < 20; step++) {
        pen.fillStyle = "#c87828"; pen.fillRect(0, 0, 320, 180);
        pen.fillStyle = "#10232f"; pen.fillRect(step * 14, 60, 40, 40);
        await new Promise((next) => setTimeout(next, 100));
    }
    recorder.stop();
    await over;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


@pytest.fixture
def url(committed_db, settings) -> Iterator[str]:
    settings.ALLOWED_HOSTS = ["*"]
    with pages_here() as address:
        yield address


def recorded(browser: Browser) -> bytes:
    page = browser.new_page()
    film = base64.b64decode(page.evaluate(RECORD))
    page.close()
    assert 1_000 < len(film) < 200_000
    return film


def is_ours(said: ConsoleMessage) -> bool:
    """There are no sockets here; every other error counts, one of the content policy too."""
    return said.type == "error" and "WebSocket" not in said.text


def visit(browser: Browser, url: str, person: Person, path: str) -> tuple[Page, list[str]]:
    client = signed_in(person)
    context = browser.new_context(**DESK)
    context.add_cookies([{"name": name, "value": one.value, "url": url} for name, one in client.cookies.items()])
    context.add_init_script(path=AXE)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if is_ours(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url + path)
    return page, complaints


def test_a_draft_stays_under_its_words_and_comments_point_into_it(browser, url):
    deal = Deal()
    contract = funded(deal.merchant, deal.anchor)
    cut, shot = whole(deal.anchor, recorded(browser), "cut.webm"), whole(deal.anchor, picture(800, 600), "shot.jpg")
    relay_all()
    deal.submit(contract, 1, cut, shot)
    script = piece(contract, 1).public_id
    remark(actor=deal.anchor.actor, public_id=script, text="Here it begins.", at_second=1)
    path = reverse("work", args=[script])

    page, complaints = visit(browser, url, deal.merchant, path)
    film = page.locator("video")
    expect(film).to_have_js_property("readyState", 4, timeout=15_000)
    assert film.evaluate("video => [video.videoWidth, video.videoHeight, video.controls]") == [320, 180, True]
    assert page.locator("a[download]").count() == 0
    cover = page.locator(".film__draft")
    assert cover.locator("text").first.text_content() == words(cut)
    for size in ({"width": 360, "height": 740}, {"width": 1280, "height": 900}):
        page.set_viewport_size(size)
        over, under = cover.bounding_box(), film.bounding_box()
        assert over == under
    assert cover.evaluate("svg => getComputedStyle(svg).pointerEvents") == "none"

    page.click("[data-film-at='1']")
    expect(film).to_have_js_property("currentTime", 1)
    page.fill("textarea[name=text]", "Say the price now.")
    page.click("[data-film-moment]")
    expect(page.locator("input[name=at]")).to_have_value("0:01")
    page.click("button[value=remark]")
    expect(page.locator("#version-1")).to_contain_text("Say the price now.")
    assert page.locator("[data-film-at='1']").count() == 2

    page.click("[data-film-full]")
    expect(page.locator(".film__box:fullscreen")).to_be_visible()
    assert cover.bounding_box() == film.bounding_box()
    page.evaluate("document.exitFullscreen()")
    assert page.evaluate(RUN_AXE, TAGS) == []
    page.context.close()
    assert complaints == []

    approve(actor=deal.merchant.actor, public_id=script)
    page, complaints = visit(browser, url, deal.merchant, path)
    link = page.locator("a[download]")
    expect(link).to_contain_text("cut.webm")
    assert page.locator(".film__draft").count() == 0
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename == "cut.webm"
    page.context.close()
    assert complaints == []
