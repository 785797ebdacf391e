"""Where no socket gets through, a conversation says so and looks for news by itself; nothing is lost or doubled."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import PHONE
from tests.e2e.test_uploads import beside_the_browsers_loop
from tests.factories.people import make_owner
from tests.factories.talks import conversation, say
from tests.support.pages_here import pages_here
from tests.web.media.conftest import plain_static, signed_in

__all__ = ["beside_the_browsers_loop", "plain_static"]


@pytest.fixture
def url(committed_db, settings) -> Iterator[str]:
    """Pages, and nothing that answers a socket."""
    settings.ALLOWED_HOSTS = ["*"]
    with pages_here() as address:
        yield address


def test_a_conversation_without_a_socket_polls_and_says_so(browser: Browser, url):
    merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    talk = conversation(merchant, anchor)
    say(merchant, talk, "Before.")
    context = browser.new_context(**PHONE | {"locale": "en-GB"})
    context.add_cookies(
        [{"name": name, "value": one.value, "url": url} for name, one in signed_in(anchor).cookies.items()]
    )
    page = context.new_page()
    page.goto(url + reverse("conversation", args=[talk.public_id]))
    log = page.get_by_role("log")
    expect(log).to_contain_text("Before.")
    expect(page.locator("[data-talk-state]")).to_contain_text("this page looks for news every ten seconds")

    page.get_by_role("textbox", name="Message").fill("From a place without sockets.")
    page.get_by_role("button", name="Send").click()
    kept = log.locator("[data-seq]").filter(has_text="From a place without sockets.")
    expect(kept).to_be_visible(timeout=15_000)  # as it came back, not as it was typed
    say(merchant, talk, "Heard.")
    say(merchant, talk, "And this, too.")
    expect(log).to_contain_text("And this, too.", timeout=15_000)
    page.reload()
    spoken = ["Before.", "From a place without sockets.", "Heard.", "And this, too."]
    text = log.text_content() or ""
    assert [text.count(line) for line in spoken] == [1, 1, 1, 1]
    assert sorted(spoken, key=text.index) == spoken
    context.close()
