import subprocess
import sys

from marketplace.stack.paths import ROOT


def test_everything_is_said_in_chinese_and_nothing_is_left_over():
    """In a process of its own: the tool configures Django for itself."""
    result = subprocess.run(
        [sys.executable, "scripts/messages.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
