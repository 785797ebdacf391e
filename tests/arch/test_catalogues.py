import re
import subprocess
import sys

from marketplace.stack.paths import ROOT


def test_everything_is_said_in_chinese_and_nothing_is_left_over():
    """In a process of its own: the tool configures Django for itself."""
    result = subprocess.run(
        [sys.executable, "scripts/messages.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_other_name_hides_words_from_the_catalogues():
    """The tool finds calls by their names: `gettext as something` would be said in English for ever."""
    alias = re.compile(r"import [^\n]*gettext\w* as (?!_\b)\w+")
    folders = ("marketplace", "creators", "brands", "supply")
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    assert [str(file) for file in files if alias.search(file.read_text())] == []
