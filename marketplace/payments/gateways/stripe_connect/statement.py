"""Stripe's own books: the platform's balance transactions, then those of each payee's account.

Stripe lists newest first, so a reading is of a span of time that is over: what arrives meanwhile is in the next one,
and is neither lost nor read twice. A cursor is the moment up to which all was read, `<until>`, or a place in a span,
`<since>-<until>:<account>:<line>`; the platform has no account. Moments are seconds since 1970.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from marketplace.core import clock
from marketplace.core.money import Money
from marketplace.payments.errors import ProviderFinal, ProviderRetryable
from marketplace.payments.gateways.stripe_connect.client import Client
from marketplace.payments.gateways.stripe_connect.objects import PAGE, money
from marketplace.payments.gateways.stripe_connect.statement_line import read as read_line
from marketplace.payments.statement import ClosingBalance, StatementLine

# Within it Stripe may still be putting lines in order, and our clocks may differ.
CALM = timedelta(minutes=5)
TRIES = 10
GONE = "account_invalid"  # the account that a call names is not, or no longer, one of the platform's


@dataclass(frozen=True, slots=True)
class Place:
    """Behind `line` of `account`, in the span from `since` up to `until`."""

    since: int
    until: int
    account: str = ""
    line: str = ""

    def __str__(self) -> str:
        return f"{self.since}-{self.until}:{self.account}:{self.line}"


def place_of(cursor: str) -> Place:
    """Where to go on: in the span that was broken off, else in the one that begins where the last one ended."""
    span, colon, rest = cursor.partition(":")
    if not colon:
        since = int(cursor or 0)
        return Place(since, max(since, int((clock.now() - CALM).timestamp())))
    since, _dash, until = span.partition("-")
    account, _colon, line = rest.partition(":")
    return Place(int(since), int(until), account, line)


def read(client: Client, after: str, payees: Iterable[str]) -> Iterator[StatementLine | ClosingBalance]:
    """What stands on the platform's account comes last, as of the end of the span: then all of it was read."""
    place = place_of(after)
    if not place.account:
        yield from _read(client, place)
    standing = _platform_standing(client, place.until)
    for payee in _from(place.account, payees):
        here = place if payee == place.account else replace(place, account=payee, line="")
        try:
            yield from _read(client, here)
            standing_there = _standing(client, payee)
        except (ProviderFinal, ProviderRetryable) as error:
            if isinstance(error, ProviderRetryable) and str(error) != GONE:
                raise
            continue  # nobody of that name there, or no longer ours: nothing stands there
        for sum_there in standing_there.values():
            yield ClosingBalance(payee=payee, money=sum_there, cursor=str(replace(here, line="")))
    for sum_there in standing:
        yield ClosingBalance(payee="", money=sum_there, cursor=str(place.until))


def _from(account: str, payees: Iterable[str]) -> Iterator[str]:
    """Those from `account` on; all of them without one."""
    reached = not account
    for payee in payees:
        reached = reached or payee == account
        if reached:
            yield payee


def _read(client: Client, place: Place) -> Iterator[StatementLine]:
    cursor = str(place)
    for line in _lines(client, place):
        here = str(replace(place, line=line.id))
        yield from read_line(line, payee=place.account, before=cursor, behind=here)
        cursor = here


def _lines(client: Client, place: Place, *, open_end: bool = False) -> Iterator[Any]:
    """Newest first, a page in memory at a time."""
    created = {"gte": place.since} if open_end else {"gte": place.since, "lt": place.until}
    last = place.line
    while True:
        query = {"created": created, "limit": PAGE, "expand": ["data.source"]}
        query |= {"starting_after": last} if last else {}
        page = client.call(
            "statement.list",
            lambda sdk, query=query: sdk.v1.balance_transactions.list(query, _on(place.account)),
        )
        yield from page.data
        if not page.has_more:
            return
        last = page.data[-1].id


def _platform_standing(client: Client, until: int) -> list[Money]:
    """What stood there at `until`: what stands there now, less what came since.

    Raises ProviderRetryable when it does not stand still long enough to be read.
    """
    since = Place(until, until)
    for _ in range(TRIES):
        came: Counter[str] = Counter()
        newest = ""
        for line in _lines(client, since, open_end=True):
            newest = newest or line.id
            came[line.currency.upper()] += line.net
        now = _standing(client, "")
        if newest == next((line.id for line in islice(_lines(client, since, open_end=True), 1)), ""):
            return [sum_there - Money(came[currency], currency) for currency, sum_there in now.items()]
    raise ProviderRetryable("the balance moves all the time")


def _standing(client: Client, account: str) -> dict[str, Money]:
    """By currency, what can be used and what cannot yet."""
    balance = client.call("balance.get", lambda sdk: sdk.v1.balance.retrieve(None, _on(account)))
    there: dict[str, Money] = {}
    for part in (*balance.available, *balance.pending):
        sum_there = money(part.amount, part.currency)
        there[sum_there.currency] = there.get(sum_there.currency, Money.zero(sum_there.currency)) + sum_there
    return there


def _on(account: str) -> Any:
    return {"stripe_account": account} if account else {}
