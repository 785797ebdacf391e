"""Receipts."""

from django.utils.translation import gettext as _

from marketplace.documents.sheets.shape import (
    Frozen,
    Pair,
    Sheet,
    Table,
    head,
    moment,
    party_block,
    percent,
    platform_block,
)


def receipt(frozen: Frozen, fingerprint: str, language: str) -> Sheet:
    body = frozen.body
    what = {
        "top_up": _("Paid into the wallet"),
        "contract": _("Paid into protected funds of a contract"),
        "round": _("Paid for a further round of changes"),
        "amendment": _("Paid for a higher fee"),
    }[body["what"]]
    rows = [[what, frozen.figure(frozen.contents["total_minor"])]]
    if "contract" in body:
        title = f"{body['contract']['number']} · {body['contract']['title']}"
        rows = [
            [_("Fee agreed: %(title)s") % {"title": title}, frozen.figure(body["gross_minor"])],
            [_("Platform fee, %(rate)s") % {"rate": percent(body["fee_bp"])}, frozen.figure(body["fee_minor"])],
            [
                _("VAT on the platform fee, %(rate)s") % {"rate": percent(body["vat_bp"])},
                frozen.figure(body["vat_minor"]),
            ],
        ]
    charge = [
        Pair(_("Paid on"), moment(body["paid_at"])),
        Pair(_("Payment"), body["payment"]),
        Pair(_("Charge"), f"{body['provider']} · {body['charge']}"),
        Pair(_("Lot"), ", ".join(body["lots"])),
    ]
    return Sheet(
        language=language,
        title=_("Receipt"),
        number=frozen.contents["number"],
        lead=what,
        facts=[*head(frozen), *charge],
        blocks=[platform_block(frozen, _("Received by")), party_block(frozen, _("Paid by"))],
        tables=[Table(_("What was paid"), [_("What"), _("Amount")], rows)],
        sums=[Pair(_("Total paid"), frozen.total(), strong=True)],
        notes=[_("A receipt, not an invoice: the platform’s fee is invoiced by the month in which it is earned.")],
        fingerprint=fingerprint,
    )
