"""A contract's next step and its money line in words, as the components draw them. The same line for every side."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.contracts.models import Contract, Side
from marketplace.contracts.selectors.money_line import MoneyLine, Share
from marketplace.contracts.selectors.next_step import BOTH, NOBODY, STAFF, NextStep
from marketplace.contracts.step_words import STEPS

Drawn = dict[str, Any]
PLACES = {
    "held": gettext_lazy("Protected"),
    "released": gettext_lazy("Released"),
    "hold": gettext_lazy("On hold"),
    "transit": gettext_lazy("In transit"),
    "paid": gettext_lazy("Paid"),
    "fee": gettext_lazy("Platform fee and VAT"),
    "back": gettext_lazy("Back to the merchant"),
}


def step_of(contract: Contract, step: NextStep | None, side: str) -> Drawn | None:
    """The next move as this side reads it; `mine` says that it is hers."""
    if step is None:
        return None
    words = STEPS[step.code]
    names = names_of(contract, step)
    mine = step.who == side or (step.who == BOTH and bool(side))
    return {
        "code": step.code,
        "mine": mine,
        "title": str(words.mine if mine else words.theirs) % names,
        "do": str(words.do),
        "at": words.at,
        "until": step.until,
        "by_itself": step.by_itself,
        "work": step.work,
    }


def said(moment: datetime, how: str = "DATETIME_FORMAT") -> str:
    """In the reader's zone."""
    return format_date(localtime(moment), how)


def names_of(contract: Contract, step: NextStep) -> dict[str, str]:
    return {
        "merchant": contract.merchant.name,
        "anchor": contract.anchor.name,
        "work": step.work.title if step.work else "",
    }


def who_acts(contract: Contract, step: NextStep, side: str) -> str:
    """A named party, “(you)” behind it when it is the reader, our staff, or nobody."""
    if step.who == NOBODY:
        return _("nobody, it is automatic")
    if step.who == STAFF:
        return _("our staff")
    if step.who == BOTH:
        return _("both sides")
    name = contract.merchant.name if step.who == Side.MERCHANT else contract.anchor.name
    return _("%(name)s (you)") % {"name": name} if step.who == side else name


def line_of(contract: Contract, line: MoneyLine, step: NextStep | None, side: str) -> Drawn:
    falls = contract.falls
    total = contract.falls.money("pays") + line.money(line.rounds_minor)
    amounts = {name: falls.money(name).figure for name in ("gross", "platform_fee", "vat")}
    note = _("Fee %(gross)s + platform fee %(platform_fee)s + VAT %(vat)s") % amounts
    if line.rounds_minor:
        note += _(" + further rounds of changes %(rounds)s") % {"rounds": line.money(line.rounds_minor).figure}
    if contract.funded_at:
        facts = {"name": contract.merchant.name, "day": said(contract.funded_at, "DATE_FORMAT")}
        note += _(", paid in by %(name)s on %(day)s") % facts
    parts = [
        {"place": place, "minor": minor, "amount": line.money(minor).figure, "label": str(PLACES[place])}
        for place, minor in parts_of(line)
        if minor
    ]
    placed = "; ".join(f"{part['label']} {part['amount']}" for part in parts)
    return {
        "title": _("Where the money is now"),
        "total": total.figure,
        "currency": line.currency,
        "note": note,
        "sentence": _("Of %(total)s: %(parts)s") % {"total": total.figure, "parts": placed},
        "parts": parts,
        "legs": list(legs_of(contract, line, step, side)),
        "balanced": line.off_by_minor == 0,
        "off_by": line.money(line.off_by_minor).figure,
    }


def parts_of(line: MoneyLine) -> Iterator[tuple[str, int]]:
    yield "held", line.protected_minor
    yield "released", line.at("released")
    yield "hold", line.at("hold")
    yield "transit", line.at("transit")
    yield "paid", line.at("paid")
    yield "fee", line.fee_minor
    yield "back", line.going_back_minor + line.gone_back_minor


def legs_of(contract: Contract, line: MoneyLine, step: NextStep | None, side: str) -> Iterator[Drawn]:
    pays = contract.falls.money("pays") + line.money(line.rounds_minor)
    if contract.funded_at:
        when = said(contract.funded_at)
        yield {
            "state": "passed",
            "place": "wallet",
            "name": _("Paid in by the merchant"),
            "note": f"{pays.figure}, {when}",
            "amount": line.money(0).figure,
            "zero": True,
        }
    else:
        yield {"state": "todo", "place": "wallet", "name": _("To be paid in"), "amount": pays.figure}
    if back := line.going_back_minor + line.gone_back_minor:
        note = _("%(amount)s still on its way") % {"amount": line.money(line.going_back_minor).figure}
        yield {
            "state": "moving" if line.going_back_minor else "landed",
            "place": "back",
            "branch": True,
            "name": _("Back to the merchant"),
            "note": note if line.going_back_minor else _("to where it came from"),
            "amount": line.money(back).figure,
        }
    yield protected(contract, line, step, side)
    yield released(line)
    yield {
        "state": "passed" if line.fee_minor else "todo",
        "place": "fee",
        "branch": True,
        "name": _("Platform fee and VAT"),
        "note": _("earned with each release, given back with each refund"),
        "amount": line.money(line.fee_minor).figure,
    }
    for share in line.shares:
        yield from payee(contract, line, share)


def protected(contract: Contract, line: MoneyLine, step: NextStep | None, side: str) -> Drawn:
    drawn: Drawn = {
        "state": "held" if line.protected_minor else "passed" if contract.funded_at else "todo",
        "place": "held",
        "name": _("Protected"),
        "amount": line.money(line.protected_minor).figure,
        "zero": not line.protected_minor,
    }
    if step is None or not line.protected_minor:
        return drawn
    words = STEPS[step.code]
    return drawn | {
        "why": str(words.why) % names_of(contract, step),
        "when": str(words.when),
        "who": who_acts(contract, step, side),
        "date": said(step.until) if step.until else "",
        "then": _("then by itself") if step.by_itself else "",
        "latest": True,
    }


def released(line: MoneyLine) -> Drawn:
    passed = sum(share.total_minor for share in line.shares) + line.fee_minor
    return {
        "state": "passed" if passed else "todo",
        "place": "released",
        "name": _("Released"),
        "note": _("%(amount)s has passed") % {"amount": line.money(passed).figure} if passed else "",
        "amount": line.money(0).figure,
        "zero": True,
    }


def held(share: Share) -> dict[tuple[str, datetime | None], int]:
    """What is on hold, by reason and end: minor units."""
    found: dict[tuple[str, datetime | None], int] = {}
    for transfer in share.held:
        key = (transfer.get_hold_display() or _("Taken back."), transfer.held_until)
        found[key] = found.get(key, 0) + transfer.amount_minor
    return found


def payee(contract: Contract, line: MoneyLine, share: Share) -> Iterator[Drawn]:
    """The agency's part is a branch; the anchor's is the line itself."""
    branch = share.party.pk != contract.anchor_id
    name = share.party.name
    if share.money["released"]:
        yield {
            "state": "moving",
            "place": "released",
            "branch": branch,
            "name": _("On its way to %(name)s’s account") % {"name": name},
            "amount": line.money(share.money["released"]).figure,
        }
    for (why, until), minor in held(share).items():
        yield {
            "state": "hold",
            "place": "hold",
            "branch": branch,
            "name": _("On hold for %(name)s") % {"name": name},
            "amount": line.money(minor).figure,
            "why": why,
            "when": _("the time is over") if until else _("the reason is gone"),
            "who": _("nobody, it is automatic") if until else name,
            "date": said(until, "DATE_FORMAT") if until else "",
        }
    if share.money["transit"]:
        yield {
            "state": "moving",
            "place": "transit",
            "branch": branch,
            "name": _("With %(name)s’s account at the bank") % {"name": name},
            "amount": line.money(share.money["transit"]).figure,
        }
    if share.money["paid"] or not branch:
        paid = share.money["paid"]
        yield {
            "state": "landed" if paid else "todo",
            "place": "paid",
            "branch": branch,
            "name": _("Paid to %(name)s") % {"name": name},
            "amount": line.money(paid).figure,
            "strong": bool(paid),
            "zero": not paid,
        }
