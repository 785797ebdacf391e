"""What nobody waits for in a browser test, done beside a running stack by the program's own services.

`python -m tests.support.drill payee xiawei@xiawei.example`: compliance approves her as a payee.
`python -m tests.support.drill finance finance-1@mooring.example`: somebody new of finance, who sees the admin.
`python -m tests.support.drill forget`: nobody has a second factor, as the demo begins.
`python -m tests.support.drill days 8`: eight days later everything that is due is done, and the weekly payouts run.
"""

import sys
from datetime import timedelta

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402

from marketplace.accounts.models import Membership, StaffGrant, User  # noqa: E402
from marketplace.core import clock  # noqa: E402
from marketplace.core.actor import Actor, StaffRole  # noqa: E402
from marketplace.core.timers.fire import fire_due  # noqa: E402
from marketplace.payments.flows.pay_out import run_weekly_payouts  # noqa: E402
from marketplace.web.demo.people import OPERATIONS, Owner, person, verified  # noqa: E402
from tests.support.relay import relay_all  # noqa: E402


def payee(email: str) -> None:
    user = User.objects.get(email=email)
    staff = Actor(user_id=User.objects.get(email=OPERATIONS).pk, staff_roles=frozenset(StaffRole))
    verified(Owner(user, Membership.objects.get(user=user).party), "payee", staff)


def finance(email: str) -> None:
    user = person(email, "Finance", is_staff=True)
    StaffGrant.objects.create(user=user, role=StaffRole.FINANCE)


def forget() -> None:
    Authenticator.objects.all().delete()


def days(number: str) -> None:
    with clock.shifted(timedelta(days=int(number))):
        fire_due()
        relay_all()
        run_weekly_payouts()
        relay_all()


{"payee": payee, "finance": finance, "forget": forget, "days": days}[sys.argv[1]](*sys.argv[2:])
