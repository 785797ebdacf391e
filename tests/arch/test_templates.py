"""Every template compiles, and none does what the content security policy forbids."""

import re

import pytest
from django.template.loader import get_template

from marketplace.stack.paths import ROOT

FOLDER = ROOT / "templates"
TEMPLATES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*") if file.suffix in {".html", ".txt"})
PAGES = [name for name in TEMPLATES if not name.startswith("emails/") and "/email/" not in name]
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle="),
    "an inline handler": re.compile(r"\son[a-z]+=[\"']"),
    "an inline script": re.compile(r"<script(?![^>]*\b(src|type=\"application/json\"))[^>]*>"),
    "safe": re.compile(r"\|\s*safe\b"),
    "escrow": re.compile(r"escrow", re.IGNORECASE),
}
SAFE_HELP_TEXT = "http/forms/field.html"  # help texts are ours, written in Python


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_nothing_that_the_policy_forbids(name):
    text = (FOLDER / name).read_text()
    for what, pattern in FORBIDDEN.items():
        if what == "safe" and name == SAFE_HELP_TEXT:
            continue
        assert not pattern.search(text), f"{name} has {what}"
