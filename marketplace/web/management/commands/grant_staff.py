from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.accounts.models import StaffGrant, User


class Command(BaseCommand):
    help = "Give somebody a role in the platform's own staff (operations, finance, compliance)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("roles", nargs="+", choices=StaffGrant.Role.values)

    def handle(self, *args, email: str, roles: list[str], **options) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}.")
        User.objects.filter(pk=user.pk).update(is_staff=True)
        for role in roles:
            StaffGrant.objects.get_or_create(user=user, role=role)
        self.stdout.write(f"{email}: {', '.join(sorted(user.staff_grants.values_list('role', flat=True)))}")
