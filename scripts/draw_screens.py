"""Draws docs/screens/: the main pages of the demo, as a visitor sees them.

    scripts/draw_screens.py                          starts a demo of its own, waits until it is told, stops it
    scripts/draw_screens.py --at http://localhost:8000   looks at one that is running
    scripts/draw_screens.py board wallet             only these

Needs Chromium. A picture is a WebP of at most 150 kB and 1400 pixels across.
"""

import argparse
import io
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.stack import Stack  # noqa: E402

FOLDER = ROOT / "docs/screens"
PASSWORD = "mooring-demo-2026"  # the demo's, printed at every start
MERCHANT, ANCHOR, ABROAD = "mei@chenyu.example", "xiawei@xiawei.example", "anchor00@anchors.example"
SUPPLIER = "guo@saltlight.example"
STRIDE = "kim@stride.example"
WINTER, REPAIR, RESOLE = "Winter gift box", "Repair it yourself", "Resole day"
LARGEST, QUALITY = 150_000, 80
WAITING = """
from marketplace.media.models import Asset
print(Asset.objects.filter(state__in=["uploaded", "processing"]).count())
"""
TOLD, DRAWN = 600, 900  # seconds that the story and its pictures may take on a busy machine

# Those further down too, but none longer than a moment.
EVERY_PICTURE = """() => Promise.all([...document.images].map((one) => {
    one.loading = "eager";
    return Promise.race([one.decode().catch(() => 0), new Promise((done) => setTimeout(done, 4000))]);
}))"""

DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "locale": "zh-CN"}
DARK_PHONE = PHONE | {"color_scheme": "dark"}

Walk = Callable[["Visit"], None]


@dataclass
class Visit:
    page: Page
    url: str

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def sign_in(self, email: str) -> None:
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("main form.form button.btn-primary")

    def press(self, selector: str) -> None:
        self.page.click(selector)
        self.page.wait_for_load_state()

    def prove(self) -> None:
        """The password again, where it is asked for."""
        if "reauthenticate" in self.page.url:
            self.page.fill("main input[type=password]", PASSWORD)
            self.press("main form button[type=submit] >> nth=0")


def home(visit: Visit) -> None:
    visit.go("/")


def hall(visit: Visit) -> None:
    visit.go("/tasks/")


def task(visit: Visit) -> None:
    visit.sign_in(ABROAD)
    visit.go("/tasks/?q=repair")
    visit.press(f"main a:has-text('{REPAIR}')")


def task_in_chinese(visit: Visit) -> None:
    visit.sign_in(ANCHOR)
    visit.go("/tasks/")
    visit.press("main a:has-text('年夜饺子')")


def directory(visit: Visit) -> None:
    visit.go("/anchors/")


def anchor(visit: Visit) -> None:
    visit.go("/anchors/?q=夏未")
    visit.press("main a:has-text('夏未')")


def own_task(visit: Visit) -> None:
    visit.sign_in(MERCHANT)
    visit.go("/v-tasks/")
    visit.press(f"main li:has-text('{WINTER}') .rows__do a:last-child")


def board(visit: Visit) -> None:
    own_task(visit)
    visit.press("main a[href$='/candidates/']")


def offers(visit: Visit) -> None:
    board(visit)
    at = visit.page.locator("main a[href*='/applications/']").evaluate_all("all => all.map(one => one.href)")
    for address in dict.fromkeys(at):
        visit.page.goto(address)
        if visit.page.locator(".offers > li, .offer").count() > 1:
            return


def signing(visit: Visit) -> None:
    visit.sign_in(STRIDE)
    visit.go("/contracts/")
    visit.press(f"main li:has-text('{RESOLE}') .rows__do a")
    visit.press("main a[href$='/sign/']")
    visit.prove()


def editor(visit: Visit) -> None:
    own_task(visit)
    visit.press("main button[value=duplicate]")
    visit.page.goto(visit.page.url)  # without the word that it was copied


def wallet(visit: Visit) -> None:
    visit.sign_in(MERCHANT)
    visit.go("/wallet/top-up/")
    visit.prove()
    visit.page.fill("input[name=amount]", "60,000.00")
    visit.press("main form.form button.btn-primary")
    if "/pay/chk_" not in visit.page.url:
        visit.page.click("main a[href*='/pay/chk_']", timeout=60_000)
    visit.page.wait_for_url(re.compile(r"/pay/chk_"))
    visit.page.click("button[value=pay]")
    visit.page.wait_for_url(re.compile(r"/wallet/in/"))
    for _ in range(60):
        visit.go("/wallet/")
        if "60,000.00" in visit.page.inner_text("main"):
            return
        time.sleep(1)


def deal_to_pay(visit: Visit) -> None:
    """Signed by all: the one next move is the merchant's."""
    visit.sign_in(SUPPLIER)
    first_contract(visit, "a[href$='/pay/']")


def deal_at_work(visit: Visit) -> None:
    """A version that waits for the merchant's word, with what it releases."""
    visit.sign_in(MERCHANT)
    first_contract(visit, "#work")
    for work in links(visit, "#work article h3 a"):
        visit.page.goto(work)
        if visit.page.locator("main button[value=approve], [id^=version-]").count():
            return


def deal_released(visit: Visit) -> None:
    """Some of it is out, some still protected: the money line."""
    visit.sign_in(MERCHANT)
    first_contract(visit, "#money .ml__key .tone-held ~ li")


def earnings(visit: Visit) -> None:
    visit.sign_in(ANCHOR)
    visit.go("/earnings/")


def bank_statement(visit: Visit) -> None:
    """The other institution's own page."""
    visit.page.goto(re.sub(r":(\d+)$", lambda port: f":{int(port[1]) + 2}", visit.url) + "/statement")


def first_contract(visit: Visit, with_this: str) -> None:
    """The newest contract whose room has it."""
    visit.go("/contracts/")
    for room in links(visit, "main a[href^='/contracts/ctr_']"):
        visit.page.goto(room)
        if visit.page.locator(with_this).count():
            return
    raise Error(f"no contract with {with_this}")


def links(visit: Visit, selector: str) -> list[str]:
    return list(dict.fromkeys(visit.page.locator(selector).evaluate_all("all => all.map(one => one.href)")))


SCREENS: dict[str, tuple[Walk, dict]] = {
    "home": (home, DESK),
    "hall": (hall, DESK),
    "task": (task, DESK),
    "directory": (directory, DESK),
    "anchor": (anchor, DESK),
    "board": (board, DESK),
    "offers": (offers, DESK),
    "signing": (signing, DESK),
    "editor": (editor, DESK),
    "wallet": (wallet, DESK),
    "deal-1-to-pay": (deal_to_pay, DESK),
    "deal-2-at-work": (deal_at_work, DESK),
    "deal-3-released": (deal_released, DESK),
    "deal-4-earnings-phone-zh": (earnings, PHONE),
    "deal-5-bank-statement": (bank_statement, DESK),
    "hall-phone-dark-zh": (hall, DARK_PHONE),
    "task-phone-dark-zh": (task_in_chinese, DARK_PHONE),
    "anchor-phone-dark-zh": (anchor, DARK_PHONE),
}


class Demo(Stack):
    """The whole of it, its ninety days included."""

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in super().environment().items() if name != "MOORING_DEMO"}

    def wait_until_told(self) -> None:
        log = self.var / "log/demo.log"
        wait(lambda: log.exists() and "The demo is complete" in log.read_text(), TOLD, "the demo's story")
        print(log.read_text().strip())

    def wait_until_drawn(self) -> None:
        wait(lambda: self.manage("shell", "-v", "0", "-c", WAITING).stdout.strip() == "0", DRAWN, "its pictures")


def wait(done: Callable[[], bool], patience: float, what: str) -> None:
    started = time.monotonic()
    while not done():
        if time.monotonic() - started > patience:
            raise SystemExit(f"Waited {patience:.0f} s for {what}.")
        time.sleep(3)


@contextmanager
def demo() -> Iterator[str]:
    stack = Demo(8400)
    stack.start(patience=180)
    try:
        stack.wait_until_told()
        stack.wait_until_drawn()
        yield stack.url
    finally:
        stack.stop()
        shutil.rmtree(stack.var, ignore_errors=True)


def draw(browser: Browser, url: str, name: str) -> None:
    walk, options = SCREENS[name]
    context = browser.new_context(**options, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    visit = Visit(context.new_page(), url)
    walk(visit)
    page = visit.page
    page.evaluate(EVERY_PICTURE)
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    tall = options["viewport"]["height"] * (1 if options is DESK else 1.6)
    page.set_viewport_size(options["viewport"] | {"height": int(tall)})
    keep(page.screenshot(), FOLDER / f"{name}.webp")
    context.close()


def drawn(browser: Browser, url: str, name: str) -> bool:
    """One page that cannot be reached keeps none of the others from being drawn."""
    try:
        draw(browser, url, name)
    except Error as error:
        print(f"{name}: {error}", file=sys.stderr)
        return False
    return True


def keep(png: bytes, path: Path) -> None:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in range(QUALITY, 30, -10):
        image.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size < LARGEST:
            break
    print(f"{path.name}: {image.width} x {image.height}, {path.stat().st_size // 1000} kB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=[], metavar="name", help=", ".join(SCREENS))
    parser.add_argument("--at", help="the address of a demo that is running")
    asked = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    if asked.at:
        take(asked.names or list(SCREENS), asked.at)
        return
    with demo() as url:
        take(asked.names or list(SCREENS), url)


def take(names: list[str], url: str) -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        missed = [name for name in names if not drawn(browser, url, name)]
        browser.close()
    if missed:
        raise SystemExit(f"Not drawn: {', '.join(missed)}")


if __name__ == "__main__":
    main()
