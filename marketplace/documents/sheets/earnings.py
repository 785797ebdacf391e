"""Self-billed statements."""

from django.utils.translation import gettext as _

from marketplace.documents.sheets.shape import (
    Frozen,
    Pair,
    Sheet,
    Table,
    day,
    head,
    party_block,
    platform_block,
    what_for,
)
from marketplace.payments.models import Debt


def statement(frozen: Frozen, fingerprint: str, language: str) -> Sheet:
    names = {"issuer": frozen.contents["issuer"]["name"], "payee": frozen.contents["party"]["name"]}
    return Sheet(
        language=language,
        title=_("Self-billed statement"),
        number=frozen.contents["number"],
        lead=_("Self-billing: issued by %(issuer)s in the name and on behalf of %(payee)s.") % names,
        facts=head(frozen),
        blocks=[
            party_block(frozen, _("Supplier of the services")),
            platform_block(frozen, _("Issued on the supplier’s behalf by")),
        ],
        tables=[table for table in (earned(frozen), kept(frozen), paid(frozen)) if table.rows],
        sums=sums(frozen),
        notes=[
            _("No VAT is shown: the supplier accounts for her own taxes."),
            _("What is wrong here is corrected by the next statement. Tell us within a month."),
        ],
        fingerprint=fingerprint,
    )


def earned(frozen: Frozen) -> Table:
    rows = [
        [
            day(line["at"]),
            line["merchant"],
            f"{what_for(line)} ({line['contract']['number']})",
            frozen.figure(line["gross_minor"]),
            frozen.figure(-line["agency_minor"]),
            frozen.figure(-line["withheld_minor"]),
            frozen.figure(line["net_minor"]),
        ]
        for line in frozen.body["lines"]
    ]
    columns = [_("Released"), _("Merchant"), _("What for"), _("Gross"), _("To the agency"), _("Tax withheld"), _("Net")]
    return Table(_("Released"), columns, rows, figures=4)


def kept(frozen: Frozen) -> Table:
    rows = [
        [day(line["at"]), _("Taken back: %(what)s") % {"what": line["about"]}, frozen.figure(-line["amount_minor"])]
        for line in frozen.body["taken_back"]
    ]
    for line in frozen.body["kept"]:
        words = _("Kept: %(why)s") % {"why": Debt.Why(line["why"]).label}
        rows.append([day(line["at"]), words, frozen.figure(-line["amount_minor"])])
    return Table(_("Taken back, and kept for what was owed"), [_("When"), _("What"), _("Amount")], rows)


def paid(frozen: Frozen) -> Table:
    rows = []
    for line in frozen.body["payouts"]:
        account = {"last4": line["last4"]}
        words = _("Paid to the account that ends in %(last4)s") % account
        if line["amount_minor"] < 0:
            words = _("Sent back by the bank, account that ends in %(last4)s") % account
        rows.append([day(line["at"]), words, frozen.figure(line["amount_minor"])])
    return Table(_("Paid to the bank"), [_("When"), _("What"), _("Amount")], rows)


def sums(frozen: Frozen) -> list[Pair]:
    """The total is what was earned less what was taken back; what was kept, and paid, is how it was settled."""
    body = frozen.body
    taken = sum(line["amount_minor"] for line in body["taken_back"])
    parts = [Pair(_("Earned"), frozen.money(sum(line["net_minor"] for line in body["lines"])))]
    if taken:
        parts.append(Pair(_("Taken back"), frozen.money(-taken)))
    parts.append(Pair(_("Total of this statement"), frozen.total(), strong=True))
    if body["kept"]:
        total = sum(line["amount_minor"] for line in body["kept"])
        parts.append(Pair(_("Of that kept for what was owed"), frozen.money(total)))
    total = sum(line["amount_minor"] for line in body["payouts"])
    return [*parts, Pair(_("Paid to the bank in this month"), frozen.money(total))]
