"""Makes .venv from the two locks. Plain pip, hashes checked; says which package to install when pip is missing."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("Mooring needs Python 3.11 or newer.")
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"Python cannot make a virtual environment. On Debian: apt install python{version}-venv\n{made.stdout}"
        )
    print("Installing what Mooring needs (once; a minute or two) …", flush=True)
    pip = [VENV / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "-r", ROOT / "requirements.txt", "-r", ROOT / "requirements-dev.txt"], check=True)


if __name__ == "__main__":
    main()
