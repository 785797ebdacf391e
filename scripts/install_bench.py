"""Makes .venv-bench, where the peer of `make bench` lives that is a Django project of its own. Again: nothing to do."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv-bench"
LOCK = ROOT / "requirements-bench.txt"


def main() -> None:
    installed = VENV / ".installed"
    if installed.exists() and installed.read_text() == LOCK.read_text():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    print("Installing django-oscar, a peer of the bench (once) …", flush=True)
    pip = [VENV / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "-r", LOCK], check=True)
    installed.write_text(LOCK.read_text())


if __name__ == "__main__":
    main()
