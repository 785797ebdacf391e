"""Turns plans into the parallel arrays that the posting function takes."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.ledger.chart import AccountRef
from marketplace.ledger.plan import Plan


class Accounts:
    """Gives each (account, currency) of a call its place in the array, counted from 1."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, str], int] = {}
        self.refs: list[AccountRef] = []

    def place(self, ref: AccountRef, currency: str) -> int:
        key = (ref.code, currency)
        if (known := self.places.get(key)) is not None:
            return known
        self.places[key] = len(self.places) + 1
        self.refs.append(ref)
        return self.places[key]

    def columns(self) -> list[list]:
        return [
            [code for code, _ in self.places],
            [currency for _, currency in self.places],
            [ref.kind.value for ref in self.refs],
            [ref.party_id for ref in self.refs],
            [ref.allow_negative for ref in self.refs],
        ]


def arguments(plans: Sequence[Plan], posted_at: datetime) -> list:
    """In the order of `ledger_post`'s parameters."""
    accounts = Accounts()
    lines = [
        (
            number,
            accounts.place(line.source, line.money.currency),
            accounts.place(line.destination, line.money.currency),
            line.money.amount_minor,
            line.money.currency,
        )
        for number, plan in enumerate(plans, 1)
        for line in plan.lines
    ]
    uses = [(number, use.lot_id, use.amount_minor) for number, plan in enumerate(plans, 1) for use in plan.uses]
    lots = [
        (
            number,
            lot.public_id,
            accounts.place(lot.held_in, lot.money.currency),
            lot.parent_id,
            lot.provider,
            lot.charge,
            lot.money.amount_minor,
            lot.money.currency,
            lot.charged_at,
        )
        for number, plan in enumerate(plans, 1)
        for lot in plan.lots
    ]
    journals = [(plan.key, plan.input_hash, plan.kind, plan.reference, plan.reverses_id) for plan in plans]
    return [
        *columns(journals, 5),
        posted_at,
        *accounts.columns(),
        *columns(lines, 5),
        *columns(uses, 3),
        *columns(lots, 9),
    ]


def columns(rows: list[tuple], width: int) -> list[list]:
    return [[row[index] for row in rows] for index in range(width)]
