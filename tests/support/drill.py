"""What nobody waits for in a browser test, done beside a running stack by the program's own services.

`python -m tests.support.drill payee xiawei@xiawei.example`: compliance approves her as a payee.
`python -m tests.support.drill finance finance-1@mooring.example`: somebody new of finance, who sees the admin.
`python -m tests.support.drill forget`: nobody has a second factor, as the demo begins.
`python -m tests.support.drill call_off_runs`: finance calls off whatever payout run waits for two people.
`python -m tests.support.drill days 8`: eight days later everything that is due is done, and the weekly payouts run.
`python -m tests.support.drill review del_…`: the days go by in which a piece of work waits for its review.
"""

import sys
import time
from datetime import timedelta

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402

from marketplace.accounts.models import Membership, StaffGrant, User  # noqa: E402
from marketplace.contracts.steps.clocks import REVIEW, REVIEW_REMIND  # noqa: E402
from marketplace.core import clock  # noqa: E402
from marketplace.core.actor import Actor, StaffRole  # noqa: E402
from marketplace.core.models import Delivery, Timer  # noqa: E402
from marketplace.core.outbox.relay import relay  # noqa: E402
from marketplace.core.timers.fire import fire_due  # noqa: E402
from marketplace.payments.flows.pay_out import run_weekly_payouts  # noqa: E402
from marketplace.payments.machine import RUN_UNDER_WAY  # noqa: E402
from marketplace.payments.models import PayoutRun  # noqa: E402
from marketplace.payments.services.payout_runs import cancel_payout_run  # noqa: E402
from marketplace.web.demo.people import OPERATIONS, Owner, person, verified  # noqa: E402
from tests.support.relay import errors  # noqa: E402

PATIENCE = 120
SOON = timedelta(minutes=5)


def payee(email: str) -> None:
    user = User.objects.get(email=email)
    verified(Owner(user, Membership.objects.get(user=user).party), "payee", staff())


def staff() -> Actor:
    return Actor(user_id=User.objects.get(email=OPERATIONS).pk, staff_roles=frozenset(StaffRole))


def finance(email: str) -> None:
    user = person(email, "Finance", is_staff=True)
    StaffGrant.objects.create(user=user, role=StaffRole.FINANCE)


def forget() -> None:
    Authenticator.objects.all().delete()


def call_off_runs() -> None:
    """While one waits for two people, no weekly run is planned."""
    for run in PayoutRun.objects.filter(state__in=RUN_UNDER_WAY):
        cancel_payout_run(actor=staff(), public_id=run.public_id)


def days(number: str) -> None:
    """What belongs to today is finished first: done in eight days it would begin its waiting only then."""
    settle()
    with clock.shifted(timedelta(days=int(number))):
        settle()
        run_weekly_payouts()
        settle()


def review(work: str) -> None:
    """Reminder by reminder, as the days would: on one day at once the clock would miss the mails that it waits for."""
    settle()
    waiting = Timer.objects.filter(aggregate=work, kind__in=[REVIEW, *REVIEW_REMIND], state="pending")
    for due_at in list(waiting.order_by("due_at").values_list("due_at", flat=True)):
        with clock.shifted(due_at - clock.now() + timedelta(seconds=1)):
            settle()


def settle() -> None:
    """Do what is due until nothing is, also what failed once and is tried again a moment later: on a busy machine the
    bank answers late now and then, and nobody else comes by on that day."""
    deadline = time.monotonic() + PATIENCE
    while fire_due() or relay() or Delivery.objects.filter(state="pending", due_at__lte=clock.now() + SOON).exists():
        if time.monotonic() > deadline:
            raise SystemExit("\n".join(["still not done:", *errors()]))
        time.sleep(0.05)


DRILLS = {
    "payee": payee,
    "finance": finance,
    "forget": forget,
    "call_off_runs": call_off_runs,
    "days": days,
    "review": review,
}
DRILLS[sys.argv[1]](*sys.argv[2:])
