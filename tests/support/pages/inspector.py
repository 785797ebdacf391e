"""A browser that opens a page and says what is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

from tests.support.pages.looks import HEIGHT, NARROW, Look

AXE = Path(__file__).parents[1] / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Without `preload`: for it axe writes imported stylesheets into a document of its own, and the policy reports those.
RUN_AXE = """async (tags) => {
    const {violations} = await axe.run(document, {runOnly: tags, resultTypes: ["violations"], preload: false});
    return violations.flatMap((found) => found.nodes.map((node) =>
        `axe ${found.id}: ${node.html.slice(0, 160)} ${[...node.any, ...node.all].map((check) => check.message)}`));
}"""
TOO_WIDE = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1);
    return [`wider than ${room}: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ")}`];
}"""


class Inspector:
    """One person's browser. `look_at` returns a line for each complaint."""

    def __init__(self, context: BrowserContext, url: str, session: str = "") -> None:
        self.context, self.url = context, url
        self.complaints: list[str] = []
        self.expected = 200
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        context.add_init_script(path=AXE)
        self.page = self.watched(context.new_page())

    def watched(self, page: Page) -> Page:
        """A blocked style or script is an error on the console, too."""
        page.on("console", lambda message: self.heard(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("requestfailed", self.failed)
        page.on("response", self.answered)
        return page

    def failed(self, request: Request) -> None:
        """A picture that was still on its way when the page was left is nobody's fault."""
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def heard(self, text: str) -> None:
        if not (self.expected >= 400 and f"status of {self.expected}" in text):
            self.complaints.append(f"console: {text}")

    def answered(self, response: Response) -> None:
        own = response.frame.parent_frame is None and response.request.is_navigation_request()
        if response.status >= 400 and not (own and response.status == self.expected):
            self.complaints.append(f"{response.status}: {response.url}")

    def dress(self, look: Look) -> None:
        cookies = {"language": look.language, "bank_language": look.language, "theme": look.theme}
        self.context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        self.page.emulate_media(color_scheme=look.shown)

    def look_at(self, path: str, look: Look, expected: int = 200, *, searched: bool = True) -> list[str]:
        self.expected = expected
        self.complaints.clear()
        self.dress(look)
        self.page.set_viewport_size({"width": NARROW, "height": HEIGHT[NARROW]})
        self.page.goto(self.url + path)
        found = self.page.evaluate(TOO_WIDE)
        if look.width != NARROW:
            self.page.set_viewport_size({"width": look.width, "height": HEIGHT[look.width]})
            found += self.page.evaluate(TOO_WIDE)
        if searched:
            found += self.page.evaluate(RUN_AXE, TAGS)
        arrived = self.page.url.removeprefix(self.url)
        if arrived != path:
            found.append(f"led to {arrived}")
        return [f"{path} [{look}] {complaint}" for complaint in [*self.complaints, *found]]

    def answer_with(self, path: str, wreck: dict) -> None:
        """Let `path` be answered as the harbour was, so that a fault need not be caused."""
        self.page.route(
            self.url + path,
            lambda route: route.fulfill(status=wreck["status"], headers=wreck["headers"], body=wreck["body"]),
        )


@contextmanager
def inspector(browser: Browser, url: str, session: str = "") -> Iterator[Inspector]:
    context = browser.new_context(locale="en-GB")
    try:
        yield Inspector(context, url, session)
    finally:
        context.close()
