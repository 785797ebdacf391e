from django.core.management.base import BaseCommand, CommandError

from marketplace.accounts.models import User
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.timers.hold import sweep_held
from marketplace.web.demo.anchors import Anchor, known, load_agencies, load_anchor, names
from marketplace.web.demo.history import History
from marketplace.web.demo.market import Market, merchants
from marketplace.web.demo.payees import pay_out_every_monday
from marketplace.web.demo.people import OPERATIONS, refuse_outside_development
from marketplace.web.demo.reading import read_now_and_then

DAYS = 92


class Command(BaseCommand):
    help = "Ninety days of a market, told by calling the services (development only). Again: only what is missing."

    def handle(self, *args, **options) -> None:
        try:
            refuse_outside_development()
        except RuntimeError as error:
            raise CommandError(str(error)) from None
        if not User.objects.filter(email=OPERATIONS).exists():
            self.stdout.write("The demo's people are not in this database: nothing is told. See `manage.py load_demo`.")
            return
        started = clock.now()
        staff = Actor(user_id=User.objects.get(email=OPERATIONS).pk, staff_roles=frozenset(StaffRole))
        history, people = History(), {}
        history.on(DAYS, lambda: people.update(merchants(staff)))
        anchors = [Anchor(known("xiawei@xiawei.example"), ("food", "home"), ("douyin", "xiaohongshu", "bilibili"))]
        for place, name in enumerate(names()):
            history.on(
                DAYS - 0.01 * place, lambda place=place, name=name: anchors.append(load_anchor(place, name, staff))
            )
        history.on(DAYS - 0.8, lambda: load_agencies(anchors))
        market = Market(history, people, anchors, staff)
        history.on(DAYS - 0.9, market.load)
        read_now_and_then(history, DAYS - 2)
        pay_out_every_monday(history, DAYS - 2)
        with sweep_held():
            history.live(DAYS)
        refused = "".join(f"\n  refused at {title}: {what}" for title, what in market.refusals)
        self.stdout.write(f"The demo is complete after {(clock.now() - started).total_seconds():.0f} s.{refused}")
