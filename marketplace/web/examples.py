"""One deal in figures, for pages that show how the deal works. Every page labels it as an example."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

Drawn = dict[str, Any]


def money_line() -> Drawn:
    """A contract of 12,000.00 half-way: the script is paid, the live is under way, three slices wait."""
    return {
        "title": _("Where the money is now"),
        "total": "12,636.00",
        "currency": "CNY",
        "note": _("Fee 12,000.00 + platform fee 600.00 + VAT 36.00, paid in by Chenyu Tea on Mon 2 Nov"),
        "sentence": _(
            "Of 12,636.00: protected 2,527.20; on hold 1,440.00; in transit 6,120.00; paid 2,040.00; "
            "platform fee and VAT 508.80"
        ),
        "parts": [
            {"place": "held", "minor": 252720, "amount": "2,527.20", "label": _("Protected")},
            {"place": "hold", "minor": 144000, "amount": "1,440.00", "label": _("On hold")},
            {"place": "transit", "minor": 612000, "amount": "6,120.00", "label": _("In transit")},
            {"place": "paid", "minor": 204000, "amount": "2,040.00", "label": _("Paid")},
            {"place": "fee", "minor": 50880, "amount": "508.80", "label": _("Platform fee and VAT")},
        ],
        "legs": legs(),
        "balanced": True,
    }


def legs() -> list[Drawn]:
    return [
        {
            "state": "passed",
            "place": "wallet",
            "name": _("Paid in by the merchant"),
            "note": _("12,636.00 by bank transfer, Mon 2 Nov 10:14"),
            "amount": "0.00",
            "zero": True,
        },
        {
            "state": "held",
            "place": "held",
            "name": _("Protected"),
            "amount": "2,527.20",
            "why": _(
                "Three slices are published and being checked. 2,400.00 fee, 120.00 platform fee and 7.20 VAT wait."
            ),
            "when": _("the slices are verified"),
            "who": _("Chenyu Tea"),
            "date": _("Tue 24 Nov 16:20"),
            "then": _("then by itself"),
            "latest": True,
        },
        {
            "state": "passed",
            "place": "released",
            "name": _("Released"),
            "note": _("10,108.80 has passed: script 11 Nov, live 18 Nov"),
            "amount": "0.00",
            "zero": True,
        },
        {
            "state": "passed",
            "place": "fee",
            "branch": True,
            "name": _("Platform fee 5% and VAT"),
            "note": _("127.20 more with the slices"),
            "amount": "508.80",
        },
        {
            "state": "hold",
            "place": "hold",
            "branch": True,
            "name": _("Agency share 15%"),
            "note": _("Northquay PGC"),
            "amount": "1,440.00",
            "why": _("On hold: the first payout to a new payee waits 7 days."),
            "when": _("the 7 days are over"),
            "who": _("nobody, it is automatic"),
            "date": _("Thu 26 Nov"),
        },
        {
            "state": "moving",
            "place": "transit",
            "name": _("In transit to Xia Wei"),
            "amount": "6,120.00",
            "why": _("The live session, less the agency share. Left her account at the provider on Thu 19 Nov."),
            "when": _("her bank confirms"),
            "who": _("China Merchants Bank"),
            "date": _("Mon 23 Nov"),
        },
        {
            "state": "landed",
            "place": "paid",
            "name": _("Paid to Xia Wei"),
            "note": _("script, Mon 16 Nov, account ending 6217"),
            "amount": "2,040.00",
            "strong": True,
        },
    ]


def matches() -> list[Drawn]:
    """Three anchors with their weakest point."""
    return [
        {
            "face": static("img/p-shenyi.webp"),
            "name": _("Shen Yi"),
            "score": 81,
            "verified": 67,
            "weakest": _("Weakest: asks 2,000 above your range"),
        },
        {
            "face": static("img/p-guran.webp"),
            "name": _("Gu Ran"),
            "score": 77,
            "verified": 62,
            "weakest": _("Weakest: no live in tea so far"),
        },
        {
            "face": static("img/p-tangtang.webp"),
            "name": _("Tang Tang"),
            "score": 64,
            "verified": 31,
            "weakest": _("Weakest: 52% of figures only declared"),
        },
    ]


def tasks() -> list[Drawn]:
    """Three V tasks as a hall would show them; none has an address, for none exists."""
    return [
        {
            "picture": static("img/cup.webp"),
            "glyph": "tea",
            "merchant": _("Chenyu Tea"),
            "form": _("Live segment"),
            "title": _("Winter gift box: show beginners how to brew it"),
            "price": "12,000.00",
            "currency": "CNY",
            "extra": _("+ 6% of sales"),
            "example": True,
            "funds": "protected",
            "note": _("3 seats"),
        },
        {
            "picture": static("img/head.webp"),
            "ground": "3",
            "glyph": "audio",
            "merchant": _("Nalu Audio"),
            "form": _("Video"),
            "title": _("An honest commute with noise-cancelling headphones"),
            "price": "4,500.00",
            "currency": "CNY",
            "extra": _("fixed fee"),
            "example": True,
            "funds": "signing",
            "note": _("1 seat"),
        },
        {
            "picture": static("img/orange.webp"),
            "ground": "4",
            "glyph": "orange",
            "merchant": _("Gannan Orchard Co-op"),
            "form": _("Whole live"),
            "title": _("Go live from the orchard on picking day"),
            "price": "9,500.00",
            "currency": "CNY",
            "extra": _("+ 5% of sales"),
            "example": True,
            "funds": "protected",
            "note": _("2 seats"),
        },
    ]


def nothing_released() -> Drawn:
    """The same line on its first day: everything is in the basin, the rest is to come."""
    before, held, *_ahead = legs()
    return {
        "parts": [{"place": "held", "minor": 1263600, "amount": "12,636.00", "label": _("Protected")}],
        "sentence": _("All of 12,636.00 is protected"),
        "legs": [
            before,
            held | {"amount": "12,636.00", "why": _("Nothing is delivered yet."), "when": _("the script is approved")},
            {"state": "todo", "place": "released", "name": _("Released"), "amount": "", "zero": True},
            {"state": "todo", "place": "paid", "name": _("Paid to Xia Wei"), "amount": "", "zero": True},
        ],
    }


def fit(label: str) -> Drawn:
    """The fit card of one anchor for one V task."""
    return {
        "score": 81,
        "verified": 67,
        "title": _("Shen Yi fits well") + f" ({label})",
        "say": _("The audience is right. The price is not there yet."),
        "basis": _("83% rests on verified figures"),
        "rest": _("12% declared, 5% estimated"),
        "parts": [
            part(_("Audience fit"), 30, 26, 22, _("71% of her viewers are the women of 25–40 you asked for")),
            part(_("Past results"), 20, 15, 9, _("GPM 1,180 in food and drink over 6 lives, 4 of them verified")),
            part(_("Reliability"), 15, 13, 13, _("Answers in 3 h; 22 of 23 on time; no dispute")),
            part(_("Category"), 15, 14, 14, _("Tea is her third most shown category")),
            part(_("Price"), 10, 4, 4, _("Asks 14,000.00; your range ends at 12,000.00"), low=True),
            part(_("Availability"), 5, 4, 0, _("Free on 12 Dec, not on 13 Dec")),
            part(_("Language, region"), 5, 5, 5, _("Mandarin, Zhejiang")),
        ],
        "changes": [
            {"text": _("Offer her 14,000.00"), "points": 6},
            {"text": _("Air it on 12 Dec only"), "points": 1},
        ],
    }


def part(name: str, weight: int, points: int, verified: int, why: str, *, low: bool = False) -> Drawn:
    return {"name": name, "weight": weight, "points": points, "verified": verified, "why": why, "low": low}


def profile() -> Drawn:
    """What the parts of an anchor's page draw."""
    hours = [2, 1, 1, 2, 4, 6, 9, 6, 7, 14, 36, 12]
    return {
        "gender": [
            {"label": _("Women"), "value": 78, "of": 100, "text": "78 %"},
            {"label": _("Men"), "value": 22, "of": 100, "text": "22 %"},
        ],
        "hours": [
            {
                "x": f"{index * 8.33:.2f}%",
                "width": "6.5%",
                "y": f"{74 - hour * 2}",
                "height": f"{hour * 2}",
                "peak": hour == max(hours),
            }
            for index, hour in enumerate(hours)
        ],
        "days": [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")],
        "week": [(_("Evenings"), [False, True, True, True, False, True, False])],
        "person": {
            "url": "#profiles",
            "name": _("Xia Wei"),
            "face": static("img/p-xiawei.webp"),
            "bio": _("Tea, food and slow evenings."),
            "tags": [_("Food and drink")],
        },
    }
