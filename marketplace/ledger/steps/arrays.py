"""Turns plans into what the posting functions take: scalars and parallel arrays, as text."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.ledger.chart import AccountRef
from marketplace.ledger.plan import Plan
from marketplace.ledger.steps.literals import booleans, integers, texts


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

    def columns(self) -> list[str]:
        return [
            texts([code for code, _ in self.places]),
            texts([currency for _, currency in self.places]),
            texts([ref.kind.value for ref in self.refs]),
            integers([ref.party_id for ref in self.refs]),
            booleans([ref.allow_negative for ref in self.refs]),
        ]


def one(plan: Plan, posted_at: datetime) -> list[str | None]:
    """In the order of `ledger_post_one`'s parameters."""
    accounts = Accounts()
    lines = planned_lines([plan], accounts)
    return [
        plan.key,
        plan.input_hash,
        plan.kind,
        plan.reference,
        None if plan.reverses_id is None else str(plan.reverses_id),
        posted_at.isoformat(),
        *accounts.columns(),
        *lines[1:],
    ]


def many(plans: Sequence[Plan], posted_at: datetime) -> list[str | None]:
    """In the order of `ledger_post_many`'s parameters."""
    accounts = Accounts()
    lines, uses, lots = planned_lines(plans, accounts), planned_uses(plans), planned_lots(plans, accounts)
    return [
        texts([plan.key for plan in plans]),
        texts([plan.input_hash for plan in plans]),
        texts([plan.kind for plan in plans]),
        texts([plan.reference for plan in plans]),
        integers([plan.reverses_id for plan in plans]),
        posted_at.isoformat(),
        *accounts.columns(),
        *lines,
        *uses,
        *lots,
    ]


def planned_lines(plans: Sequence[Plan], accounts: Accounts) -> list[str]:
    rows = [
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
    numbers, sources, destinations, amounts, currencies = columns(rows, 5)
    return [integers(numbers), integers(sources), integers(destinations), integers(amounts), texts(currencies)]


def planned_uses(plans: Sequence[Plan]) -> list[str]:
    rows = [(number, use.lot_id, use.amount_minor) for number, plan in enumerate(plans, 1) for use in plan.uses]
    return [integers(column) for column in columns(rows, 3)]


def planned_lots(plans: Sequence[Plan], accounts: Accounts) -> list[str]:
    rows = [
        (
            number,
            lot.public_id,
            accounts.place(lot.held_in, lot.money.currency),
            lot.parent_id,
            lot.provider,
            lot.charge,
            lot.money.amount_minor,
            lot.money.currency,
            lot.charged_at.isoformat(),
        )
        for number, plan in enumerate(plans, 1)
        for lot in plan.lots
    ]
    forms = (integers, texts, integers, integers, texts, texts, integers, texts, texts)
    return [form(column) for form, column in zip(forms, columns(rows, 9), strict=True)]


def columns(rows: list[tuple], width: int) -> list[tuple]:
    return list(zip(*rows, strict=True)) if rows else [()] * width
