from django.core.management.base import BaseCommand

from marketplace.stack.doctor import examine


class Command(BaseCommand):
    help = "Say in words what is configured, what answers, and what is missing."
    requires_system_checks = ()

    def handle(self, *args, **options) -> None:
        findings = list(examine())
        for finding in findings:
            mark = self.style.SUCCESS("  ok  ") if finding.well else self.style.ERROR(" look ")
            self.stdout.write(f"{mark}{finding.what}: {finding.words}")
        if all(finding.well for finding in findings):
            self.stdout.write("\nEverything that Mooring needs is there.")
        else:
            raise SystemExit(1)
