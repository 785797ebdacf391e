"""The rounds that both tests make: the short one inside `make test`, the whole one inside `make torture`."""

from collections.abc import Callable, Iterable

from playwright.sync_api import Browser

from tests.support.pages.harbour import Harbour, Visit
from tests.support.pages.inspector import inspector
from tests.support.pages.looks import Look
from tests.support.stack import Stack

Looks = Callable[[str], Iterable[Look]]


def through_pages(
    browser: Browser, stack: Stack, harbour: Harbour, who: str, looks: Looks, visits: list[Visit]
) -> list[str]:
    """Complaints about every page that `who` sees."""
    with inspector(browser, stack.url, harbour.cookies.get(who, "")) as eyes:
        return [
            line
            for visit in visits
            for look in looks(visit.name + who)
            for line in eyes.look_at(visit.path, look, visit.status, searched=visit.searched)
        ]


def through_wrecks(browser: Browser, stack: Stack, harbour: Harbour, looks: Looks) -> list[str]:
    """Complaints about the error pages, as a stranger and as one who is signed in meet them."""
    found = []
    answers = {(w["name"], w["who"], *w["look"]): w for w in harbour.wrecks}
    for who in sorted({w["who"] for w in harbour.wrecks}):
        with inspector(browser, stack.url, harbour.cookies.get(who, "")) as eyes:
            for name in sorted({w["name"] for w in harbour.wrecks}):
                for number, look in enumerate(looks(name + who)):
                    path = f"/wreck/{who}/{name}/{number}/"
                    wreck = answers[name, who, look.language, look.theme]
                    eyes.answer_with(path, wreck)
                    found += eyes.look_at(path, look, wreck["status"])
    return found


def through_the_bank(browser: Browser, stack: Stack, harbour: Harbour, looks: Looks) -> list[str]:
    url = f"http://localhost:{stack.port + 2}"
    with inspector(browser, url) as eyes:
        return [
            line
            for path in ("/", "/statement", "/faults", f"/pay/{harbour.checkout}", "/no/such/counter")
            for look in looks(path)
            for line in eyes.look_at(path, look, 404 if path.startswith("/no/") else 200)
        ]
