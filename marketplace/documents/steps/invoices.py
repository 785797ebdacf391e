"""Invoices for the platform's fee, and the credit notes that correct them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from marketplace.accounts.models import Party
from marketplace.contracts.models import Contract, Release
from marketplace.contracts.tax import source_of
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.tx import step
from marketplace.documents.models import Document, DocumentKind, FeeReturn, InvoicedRelease
from marketplace.documents.selectors.due import after, releases_to_invoice
from marketplace.documents.steps.issuing import Draft, issue


@step
def issue_invoice(party: Party, currency: str, month: date, *, by: Actor) -> Document | None:
    """The fee that was earned in a month, release by release; whatever an earlier invoice missed stands on it too.
    What of it was given back already is credited at once. None when there is nothing, or it is issued already.

    The caller has locked the party.
    """
    cause = f"invoice:{party.public_id}:{currency}:{month:%Y-%m}"
    if Document.objects.filter(cause=cause).exists():
        return None
    found = releases_to_invoice(clock.start_of(after(month))).filter(contract__merchant=party, currency=currency)
    releases = list(found.select_related("contract", "deliverable").order_by("at", "id"))
    if not releases:
        return None
    lines = [line_of(release) for release in releases]
    invoice = issue(
        Draft(
            kind=DocumentKind.INVOICE,
            party=party,
            currency=currency,
            net_minor=sum(release.platform_fee_minor for release in releases),
            tax_minor=sum(release.vat_minor for release in releases),
            cause=cause,
            body={"lines": lines, "tax": tax_of(releases)},
            month=month,
        ),
        by=by,
    )
    InvoicedRelease.objects.bulk_create(
        InvoicedRelease(
            invoice=invoice, release=release, fee_minor=release.platform_fee_minor, vat_minor=release.vat_minor
        )
        for release in releases
    )
    returned: QuerySet[FeeReturn] = FeeReturn.objects.filter(release__in=releases)
    for one in returned.select_related("release__contract", "release__deliverable").order_by("id"):
        issue_credit_note(one, invoice, by=by)
    return invoice


@step
def issue_credit_note(returned: FeeReturn, invoice: Document, *, by: Actor) -> Document:
    """Names the invoice that it corrects, the release, and why."""
    release = returned.release
    return issue(
        Draft(
            kind=DocumentKind.CREDIT_NOTE,
            party=returned.party,
            currency=returned.currency,
            net_minor=returned.fee_minor,
            tax_minor=returned.vat_minor,
            cause=f"credit_note:{returned.public_id}",
            body={"lines": [line_of(release)], "tax": tax_of([release]), "reason": returned.reason},
            corrects=invoice,
        ),
        by=by,
    )


def line_of(release: Release) -> dict[str, object]:
    contract = release.contract
    return {
        "release": release.public_id,
        "at": release.at.isoformat(timespec="seconds"),
        "why": release.why,
        "contract": {"id": contract.public_id, "number": contract.number, "title": contract.title},
        "about": release.deliverable.title if release.deliverable else "",
        "gross_minor": release.gross_minor,
        "fee_bp": falls_of(release, contract).platform_fee_bp,
        "fee_minor": release.platform_fee_minor,
        "vat_bp": falls_of(release, contract).vat_bp,
        "vat_minor": release.vat_minor,
    }


def tax_of(releases: Sequence[Release]) -> list[dict[str, object]]:
    """By rate: what it was charged on, how much, and the law that says so. The sum of the lines, not reckoned anew."""
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for release in releases:
        contract = release.contract
        rate = falls_of(release, contract).vat_bp
        one = sums[rate, source_of(rate, clock.day_of(contract.drafted_at, contract.merchant.time_zone))]
        one[0] += release.platform_fee_minor
        one[1] += release.vat_minor
    return [
        {"rate_bp": rate, "source": source, "base_minor": base, "tax_minor": tax}
        for (rate, source), (base, tax) in sorted(sums.items())
    ]


def falls_of(release: Release, contract: Contract):
    return contract.extra_round if release.extra_round_id else contract.falls
