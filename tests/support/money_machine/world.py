"""One example of the machine: its clock, how it acts, dies and is refused, and what it has seen."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

from django.db import connection
from django.db.models import Model, QuerySet

from marketplace.core import clock, faults
from marketplace.core.errors import MooringError
from marketplace.core.money import Money
from marketplace.ledger import chart
from marketplace.payments.answers import ProviderEvent
from marketplace.payments.errors import ProviderError
from tests.support.kills import Killed
from tests.support.money_machine.house import PROTECTED, House, Release
from tests.support.money_machine.sweeping import wait_until_swept

DAYS_AT_MOST = 70  # no charge comes to day 85: what a contract does then is not told here
NEWEST = 8  # among so many rows a move chooses
PRINT = " UNION ALL ".join(
    f"SELECT '{table}', count(*), coalesce(sum(hashtextextended(row::text, 0)), 0) FROM {table} AS row"
    for table in (
        *("ledger_balance", "ledger_journal", "ledger_line", "ledger_fundinglot", "ledger_lotuse", "core_event"),
        *("core_timer", "payments_funding", "payments_refund", "payments_transfer", "payments_transferreversal"),
        *("payments_payout", "payments_payoutrun", "payments_payoutrunmember", "payments_chargeback"),
        *("payments_chargebackpart", "payments_evidence", "payments_debt", "payments_debtsettlement"),
        *("payments_payoutguard", "payments_payoutpause", "payments_providercall", "payments_inboxevent"),
    )
)
SAID = "SELECT seq, id, type, channel, account, object, created_at FROM standin_event WHERE seq > %s ORDER BY seq"


class Death:
    """Pulls the plug at the n-th point that the program comes to; nought never does."""

    def __init__(self, points: int) -> None:
        self.left = points

    def __call__(self, point: str) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed(point)


class World:
    """`tally` outlives the example."""

    def __init__(self, house: House, tally: Counter[str], faults: Sequence[str]) -> None:
        house.as_new()
        self.house, self.side, self.bank, self.tally = house, house.side, house.side.bank, tally
        self.ahead, self.numbers, self.faults = house.ahead, count(1), faults
        self.contracts = list(PROTECTED)
        self.releases = [house.first]
        self.events: list[ProviderEvent] = []
        self.days_left, self.failed = DAYS_AT_MOST, False
        self._last_seq = 0
        tally["examples"] += 1

    # --- acting ---

    def act(self, move: Callable[..., object], *drawn: object, dies: int = 0) -> None:
        """One move; `dies` is at which commit or call. Raises AssertionError when a refusal changed something."""
        name, before = move.__name__, fingerprint()
        self.failed = True
        try:
            with self.now(), faults.installed(Death(dies)):
                moved = move(self, *drawn)
        except Killed:
            self.tally["killed"] += 1
        except ProviderError:
            self.tally["broken off"] += 1
        except MooringError as error:
            if changed := fingerprint() - before:
                raise AssertionError(f"{name} was refused ({error.code}) and changed {dict(changed)}") from error
            self.tally["refused"] += 1
            self.tally[f"refused: {error.code}"] += 1
        else:
            self.tally["nothing to do" if moved is NOTHING else "done"] += 1
            self.tally[f"move: {name}"] += moved is not NOTHING
        self.failed = False

    @contextmanager
    def now(self) -> Iterator[None]:
        """What happens in here happens at this world's time, also when that goes on meanwhile."""
        with clock.shifted(self.ahead):
            yield

    def pass_time(self, length: timedelta) -> None:
        """At both."""
        self.ahead += length
        self.bank.advance(int(length.total_seconds()))
        wait_until_swept(self.bank)

    def press(self, path: str, **body: object) -> bool:
        """A button of a page at the provider; whether it was there to be pressed."""
        return self.bank.press(path, **body)

    def hear(self) -> list[ProviderEvent]:
        """All that the provider has to say so far, as its webhooks would."""
        with self.bank.connect() as books:
            for seq, *said in books.execute(SAID, [self._last_seq]).fetchall():
                self._last_seq = seq
                self.events.append(spoken(*said))
        return self.events

    # --- naming and choosing ---

    def key(self) -> str:
        return f"machine-{next(self.numbers)}"

    def contract(self) -> str:
        self.contracts.append(f"ctr_machine{next(self.numbers)}")
        return self.contracts[-1]

    def release(self, shares: dict[int, int], fee_minor: int) -> Release:
        self.releases.append(Release(f"rel_machine{next(self.numbers)}", shares, fee_minor))
        return self.releases[-1]

    def money(self, minor: int) -> Money:
        return self.side.money(minor)

    @property
    def wallet(self) -> chart.AccountRef:
        party = self.house.merchant.party
        return chart.wallet(party.public_id, party.pk)

    def protected(self, contract: str) -> chart.AccountRef:
        return chart.protected(contract, self.house.merchant.party.pk)


NOTHING = object()


def pick(rows: QuerySet, at: int) -> Model | None:
    """One of the newest, by a number that was drawn without looking."""
    found = list(rows.order_by("-pk")[:NEWEST])
    return found[at % len(found)] if found else None


def fingerprint() -> Counter[tuple]:
    """Of every row of money and of what happened to it."""
    with connection.cursor() as cursor:
        cursor.execute(PRINT)
        return Counter(cursor.fetchall())


def spoken(id_: str, type_: str, channel: str, account: str, about: dict, at) -> ProviderEvent:
    """As it would come through a door: the test bank's with its object, Stripe's with a snapshot or a reference."""
    event = {"id": id_, "type": type_, "livemode": False}
    if channel == "testbank":
        event |= {"created_at": at.isoformat(), "object": about}
    elif channel == "thin":
        event |= {"object": "v2.core.event", "related_object": {"type": "v2.core.account", "id": account}}
    else:
        event |= {"object": "event", "data": {"object": about}} | ({"account": account} if account else {})
    return ProviderEvent(id_, type_, event)
