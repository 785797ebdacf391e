"""Issuing a document: its number, what stands on it, its hash and its event, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from marketplace.accounts.models import Party
from marketplace.contracts.documents import canonical, sha256
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.ids import new_id
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.documents.events import DocumentIssued
from marketplace.documents.models import Document, DocumentKind, Series

LAYOUT = "2026-11.1"  # of `contents`; a later one must still draw what was issued under this
FORMATS = {
    DocumentKind.INVOICE: "{code}-{year}-{sequence:06}",
    DocumentKind.CREDIT_NOTE: "{code}-CN-{year}-{sequence:06}",
    DocumentKind.RECEIPT: "{code}-R-{year}-{sequence:06}",
    DocumentKind.STATEMENT: "SB-{payee}-{year}-{sequence:04}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be issued. Minor units of `currency`; `body` is JSON: text and whole numbers only."""

    kind: DocumentKind
    party: Party
    currency: str
    net_minor: int
    tax_minor: int
    cause: str
    body: Mapping[str, Any]
    month: date | None = None
    corrects: Document | None = None


@step
def issue(draft: Draft, *, by: Actor) -> Document:
    """The next number of its series, given to nobody else; whatever rolls this back gives it back.

    The caller knows that nothing is issued for this cause yet; the unique constraint knows better.
    """
    now = clock.now()
    series, sequence = next_number(draft.kind, draft.party, now.year)
    number = FORMATS[draft.kind].format(
        code=settings.ISSUER["code"], payee=draft.party.public_id[-8:].upper(), year=series.year, sequence=sequence
    )
    contents = {
        "layout": LAYOUT,
        "kind": str(draft.kind),
        "number": number,
        "issued_at": now.isoformat(timespec="seconds"),
        "currency": draft.currency,
        "net_minor": draft.net_minor,
        "tax_minor": draft.tax_minor,
        "total_minor": draft.net_minor + draft.tax_minor,
        "issuer": platform(),
        "party": who(draft.party),
        "month": f"{draft.month:%Y-%m}" if draft.month else "",
        "corrects": _reference(draft.corrects) if draft.corrects else None,
        "body": dict(draft.body),
    }
    issued = Document.objects.create(
        public_id=new_id("doc"),
        kind=draft.kind,
        series=series,
        sequence=sequence,
        number=number,
        party=draft.party,
        currency=draft.currency,
        net_minor=draft.net_minor,
        tax_minor=draft.tax_minor,
        total_minor=draft.net_minor + draft.tax_minor,
        month=draft.month,
        cause=draft.cause,
        corrects=draft.corrects,
        contents=contents,
        sha256=sha256(canonical(contents)),
        issued_at=now,
    )
    record(DocumentIssued(aggregate=issued.public_id, kind=str(issued.kind), number=number), by=by)
    return issued


@step
def next_number(kind: DocumentKind, party: Party, year: int) -> tuple[Series, int]:
    """Of the platform's series, or of the payee's own. Whoever comes second waits until the first has committed."""
    issuer = party.public_id if kind == DocumentKind.STATEMENT else settings.ISSUER["registration"]
    this = {"issuer": issuer, "kind": str(kind), "year": year}
    Series.objects.bulk_create([Series(**this)], ignore_conflicts=True)
    [series] = lock(Series.objects.filter(**this), "document_series")
    series.last += 1
    series.save(update_fields=["last"])
    return series, series.last


def platform() -> dict[str, str]:
    return {name: settings.ISSUER[name] for name in ("name", "address", "country", "registration", "tax_id")}


def who(party: Party) -> dict[str, str]:
    """As it is now; a document is not changed when this does."""
    entity = party.legal_entity
    return {
        "id": party.public_id,
        "called": party.name,
        "name": entity.name if entity else party.name,
        "address": entity.address if entity else "",
        "country": entity.country if entity else "",
        "registration": entity.registration_number if entity else "",
        "tax_id": entity.tax_id if entity else "",
    }


def _reference(document: Document) -> dict[str, str]:
    return {
        "id": document.public_id,
        "number": document.number,
        "issued_at": document.contents["issued_at"],
        "sha256": document.sha256,
    }
