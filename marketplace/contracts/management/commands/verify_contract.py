from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from marketplace.contracts.sealing.check import Finding, Verdict, check
from marketplace.contracts.sealing.configured import our_certificates

EXIT = {Verdict.SEALED: 0, Verdict.CHANGED: 1, Verdict.FOREIGN: 2, Verdict.UNREADABLE: 2}
WORDS = {
    Verdict.SEALED: "Sealed by us, and not changed since.",
    Verdict.CHANGED: "Changed after it was sealed.",
    Verdict.FOREIGN: "Not sealed by us.",
    Verdict.UNREADABLE: "Not a PDF that a seal of ours could be in.",
}


class Command(BaseCommand):
    help = "Check a sealed contract without a database. Exit: 0 unaltered, 1 changed, 2 not ours or unreadable."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            self.stderr.write(f"{file}: {error.strerror}")
            raise SystemExit(2) from None
        finding = check(data, our_certificates())
        self.stdout.write(WORDS[finding.verdict])
        for line in _facts(finding):
            self.stdout.write(line)
        if code := EXIT[finding.verdict]:
            raise SystemExit(code)


def _facts(finding: Finding) -> list[str]:
    """What the file says of itself; only what is sealed and unaltered is to be believed."""
    sealed_at = f"{finding.sealed_at:%Y-%m-%d %H:%M:%S %z}" if finding.sealed_at else ""
    says = {
        "contract": finding.contract,
        "text SHA-256": finding.text_sha256,
        "terms SHA-256": finding.terms_sha256,
        "sealed by": finding.sealed_by,
        "sealed at": f"{sealed_at} ({'with' if finding.timestamped else 'without'} a timestamp authority)"
        * bool(sealed_at),
        "certificate SHA-256": finding.certificate,
    }
    return [f"  {name:<20} {value}" for name, value in says.items() if value]
