"""Invoices for the platform's fee, and credit notes."""

from django.utils.translation import gettext as _

from marketplace.contracts.models import Release
from marketplace.documents.sheets.shape import (
    Frozen,
    Pair,
    Sheet,
    Table,
    day,
    head,
    party_block,
    percent,
    platform_block,
    what_for,
)


def released_lines(frozen: Frozen) -> Table:
    rows = [
        [
            day(line["at"]),
            line["contract"]["number"],
            f"{what_for(line)} ({Release.Why(line['why']).label})",
            frozen.figure(line["gross_minor"]),
            percent(line["fee_bp"]),
            frozen.figure(line["fee_minor"]),
            percent(line["vat_bp"]),
            frozen.figure(line["vat_minor"]),
        ]
        for line in frozen.body["lines"]
    ]
    columns = [_("Released"), _("Contract"), _("What for"), _("Of the fee agreed"), _("Rate"), _("Platform fee")]
    return Table(_("Platform fee"), [*columns, _("VAT rate"), _("VAT")], rows, figures=5)


def tax_table(frozen: Frozen) -> Table:
    rows = [
        [
            one["source"] or (_("As agreed in the contract") if one["rate_bp"] else _("No VAT is charged")),
            percent(one["rate_bp"]),
            frozen.figure(one["base_minor"]),
            frozen.figure(one["tax_minor"]),
        ]
        for one in frozen.body["tax"]
    ]
    return Table(_("VAT by rate"), [_("By law"), _("Rate"), _("On"), _("VAT")], rows, figures=3)


def sums(frozen: Frozen, total: str) -> list[Pair]:
    return [
        Pair(_("Net"), frozen.total("net_minor")),
        Pair(_("VAT"), frozen.total("tax_minor")),
        Pair(total, frozen.total(), strong=True),
    ]


def invoice(frozen: Frozen, fingerprint: str, language: str) -> Sheet:
    return Sheet(
        language=language,
        title=_("Invoice"),
        number=frozen.contents["number"],
        lead=_("For the platform’s fee, earned with what was released in this month."),
        facts=head(frozen),
        blocks=[platform_block(frozen, _("Issued by")), party_block(frozen, _("Issued to"))],
        tables=[released_lines(frozen), tax_table(frozen)],
        sums=sums(frozen, _("Total")),
        notes=[
            _("Paid already: it was part of the protected funds. Nothing is to be transferred."),
            _("VAT is what each contract fixed, so it is the sum of the lines and not reckoned anew."),
        ],
        fingerprint=fingerprint,
    )


def credit_note(frozen: Frozen, fingerprint: str, language: str) -> Sheet:
    corrected = frozen.contents["corrects"]
    told = {"number": corrected["number"], "day": day(corrected["issued_at"])}
    return Sheet(
        language=language,
        title=_("Credit note"),
        number=frozen.contents["number"],
        lead=_("Corrects invoice %(number)s of %(day)s.") % told,
        facts=[*head(frozen), Pair(_("Corrects"), corrected["number"])],
        blocks=[platform_block(frozen, _("Issued by")), party_block(frozen, _("Issued to"))],
        tables=[released_lines(frozen), tax_table(frozen)],
        sums=sums(frozen, _("Credited")),
        notes=[
            _("Reason: %(reason)s") % {"reason": frozen.body["reason"]},
            _("The amount is in your wallet, as part of the payment that it came from."),
        ],
        fingerprint=fingerprint,
    )
