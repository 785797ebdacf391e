"""Of Tabler's stylesheet, the rules that a page of ours can use.

A rule stays when every class that it asks for is named somewhere in our templates, scripts or Python, or belongs to one
of the components that are kept whole. So a template may take any class of Tabler's: after that, build anew (a test says
when it was forgotten). Then go the custom properties and animations that nothing is left to read.
"""

import re
from pathlib import Path

from scripts.css_text import blocks, selectors

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (("templates", "*.html"), ("static/js", "*.js"), ("marketplace/web", "*.py"), ("marketplace/http", "*.py"))

# Kept whole, because their names are put together (`btn-{{ kind }}`) or set by a script, or are wanted next.
COMPONENTS = (
    *("avatar", "badge", "btn-close", "btn-group", "btn-icon", "btn-list", "chat", "dropdown", "form-check"),
    *(
        "form-control",
        "form-label",
        "form-select",
        "form-switch",
        "input-group",
        "modal",
        "nav",
        "offcanvas",
        "page-item",
    ),
    *("page-link", "pagination", "progress", "status", "step", "steps", "tab", "table", "timeline"),
)
# Of these families only the plain ones.
PLAIN = {
    *("btn", "card", "card-actions", "card-body", "card-footer", "card-header", "card-status-top", "card-subtitle"),
    *("card-table", "card-tabs", "card-title", "col", "container", "form-hint", "form-text", "invalid-feedback", "row"),
}
# What a script of a component sets.
STATES = {"active", "collapse", "collapsed", "collapsing", "disabled", "fade", "hide", "hiding", "show", "showing"}
# Of a component these come one by one, when a template names them: its colours, its sizes for one width of window.
COLOURS = (
    "blue|azure|indigo|purple|pink|red|orange|yellow|lime|green|teal|cyan|gray|x|facebook|twitter|linkedin|google|youtube|"
    "vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|primary|secondary|success|info|warning|"
    "danger|light|dark|muted|white|black"
)
ONE_BY_ONE = re.compile(rf"-(?:{COLOURS})(?:-lt|-fg|-\d+)?$|-(?:sm|md|lg|xl|xxl|print)(?:-|$)|^(?:col|row-cols)-")

WORD = re.compile(r"[a-zA-Z][\w-]*")
CLASS = re.compile(r"\.(-?[a-zA-Z_](?:[\w-]|\\.)*)")
# What our elements may always carry: what scripts of components set, and the theme itself.
SWITCH = re.compile(r"\[(data-(?!bs-theme\b(?!-))(?!bs-(?!theme-))[\w-]+)")
ELSE = re.compile(r":(?:not|is|where|has)\([^()]*(?:\([^()]*\)[^()]*)*\)")
GROUP = ("@media", "@supports", "@container", "@layer")
PROPERTY = re.compile(r"(--[\w-]+)\s*:")
READ = re.compile(r"var\(\s*(--[\w-]+)")


def parts(tabler: str, *, ours: str) -> str:
    kept = rules(tabler, named() | STATES)
    return without_unread(without_idle_animations(kept), ours)


def named() -> set[str]:
    """Every word of our sources; a class that is used is one of them."""
    files = (file for folder, pattern in SOURCES for file in sorted((ROOT / folder).rglob(pattern)))
    return {word for file in files for word in WORD.findall(file.read_text())}


def rules(css: str, words: set[str]) -> str:
    out = []
    for prelude, body in blocks(css):
        if body is None:
            out.append(prelude)
        elif prelude.startswith(GROUP):
            if inner := rules(body, words):
                out.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@"):
            out.append(f"{prelude}{{{body}}}")
        elif chosen := [one for one in selectors(prelude) if wanted(one, words)]:
            out.append(f"{','.join(chosen)}{{{body}}}")
    return "".join(out)


def wanted(selector: str, words: set[str]) -> bool:
    """What stands in `:not(…)`, `:is(…)` and the like asks for nothing that must be there."""
    plain = ELSE.sub("", selector)
    classes = {name.replace("\\", "") for name in CLASS.findall(plain)}
    return all(one in words or of_a_component(one) for one in classes) and set(SWITCH.findall(plain)) <= words


def of_a_component(name: str) -> bool:
    if ONE_BY_ONE.search(name):
        return False
    return name in PLAIN or any(name == one or name.startswith(f"{one}-") for one in COMPONENTS)


def without_idle_animations(css: str) -> str:
    out = []
    for prelude, body in blocks(css):
        name = prelude.partition(" ")[2] if prelude.startswith("@keyframes") else ""
        if body is None:
            out.append(prelude)
        elif not name or re.search(rf"animation[^;}}]*\b{re.escape(name)}\b", css):
            out.append(f"{prelude}{{{body}}}")
    return "".join(out)


def without_unread(css: str, ours: str) -> str:
    """Until nothing more goes: what one property read, nobody may read any more."""
    while True:
        read = set(READ.findall(css)) | set(READ.findall(ours))
        less = drop(css, {name for name in PROPERTY.findall(css) if name not in read})
        if less == css:
            return css
        css = less


def drop(css: str, names: set[str]) -> str:
    out = []
    for prelude, body in blocks(css):
        if body is None:
            out.append(prelude)
        elif prelude.startswith(GROUP):
            if inner := drop(body, names):
                out.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@property"):
            if prelude.split()[1] not in names:
                out.append(f"{prelude}{{{body}}}")
        elif prelude.startswith("@"):
            out.append(f"{prelude}{{{body}}}")
        elif left := ";".join(one for one in declarations(body) if one.partition(":")[0].strip() not in names):
            out.append(f"{prelude}{{{left}}}")
    return "".join(out)


def declarations(body: str) -> list[str]:
    """Split at the semicolons that stand in no bracket and no string."""
    found, start, depth, quote = [], 0, 0, ""
    for position, character in enumerate(body):
        if quote:
            quote = "" if character == quote and body[position - 1] != "\\" else quote
        elif character in "\"'":
            quote = character
        else:
            depth += (character == "(") - (character == ")")
            if character == ";" and depth == 0:
                found.append(body[start:position])
                start = position + 1
    return [one for one in [*found, body[start:]] if one.strip()]
