"""What an opened link may fail with, and what that says about the page."""

from django.utils.translation import gettext_lazy as _

# The page's own server says that it is not there; anything else may be a bad moment, or a door closed to programs.
GONE = frozenset({"http_404", "http_410", "http_451"})
BAD_MOMENTS = 3  # in a row, before they count

WORDS = {
    "http_404": _("The page is not there (404)."),
    "http_410": _("The page was taken away (410)."),
    "http_451": _("The page is blocked for legal reasons (451)."),
    "scheme": _("It is not a web address."),
    "address": _("It is not a web address."),
    "port": _("Its address is not one of the open web."),
    "userinfo": _("Its address carries a name or a password."),
    "inside": _("Its address is not one of the open web."),
    "unknown_host": _("Its site could not be found."),
    "unreachable": _("Its site did not answer."),
    "timeout": _("Its site took too long to answer."),
    "redirects": _("It sends from one address to the next without end."),
}


def failure_words(code: str) -> str:
    """A sentence for `link_failure`; empty when there is none."""
    if not code:
        return ""
    return str(WORDS.get(code, _("Its site refused to show the page to us.")))
