from django.core.management.base import BaseCommand, CommandError

from marketplace.core import invariants


class Command(BaseCommand):
    help = "Check everything that must always be true; says what is not."

    def handle(self, *args, **options) -> None:
        found = invariants.violations()
        for violation in found:
            self.stderr.write(f"{violation.invariant}: {violation.what}")
        if found:
            raise CommandError(f"{len(found)} violated")
        self.stdout.write("Everything that must be true is true.")
