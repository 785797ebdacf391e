"""Every refusal has a sentence, every notice its words."""

import ast
from pathlib import Path

from marketplace.core.errors import MooringError
from marketplace.http.sentences import known_codes
from marketplace.notifications.wording import WORDINGS
from marketplace.stack.paths import ROOT

BASES = {"error", "refused", "switched_party"}  # never shown by themselves
OF_BEFORE = {"dispute_answered", "dispute_unanswered"}  # nobody is told them any more; they are in people's feeds


def subclasses(of: type) -> set[type]:
    return {sub for direct in of.__subclasses__() for sub in {direct, *subclasses(direct)}}


def test_every_refusal_has_a_sentence():
    codes = {
        error.code for error in subclasses(MooringError) if error.__module__.startswith(("marketplace.", "brands"))
    }
    assert codes - known_codes() - BASES == set()


def test_every_kind_of_notice_that_the_code_names_has_words():
    named = set()
    for file in [
        *ROOT.glob("marketplace/*/handlers.py"),
        *ROOT.glob("marketplace/*/handlers/*.py"),
        ROOT / "marketplace/chat/steps/waiting.py",
        *ROOT.glob("*/handlers.py"),
    ]:
        tree = ast.parse(Path(file).read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in WORDINGS:
                named.add(node.value)
    assert named | OF_BEFORE == set(WORDINGS)
