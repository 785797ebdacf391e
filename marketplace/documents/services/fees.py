"""The platform's fee, given back."""

from marketplace.accounts.models import Party
from marketplace.contracts.models import Release
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.ids import new_id
from marketplace.core.locks import lock
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.documents.errors import NoFeeToGiveBack, ReasonForCreditNeeded
from marketplace.documents.events import FeeReturned
from marketplace.documents.models import FeeReturn, InvoicedRelease
from marketplace.documents.policies import DOCUMENTS, DocumentAction
from marketplace.documents.steps.invoices import issue_credit_note
from marketplace.ledger import chart, plans
from marketplace.ledger.chart import Kind
from marketplace.ledger.plan import drawn_from
from marketplace.ledger.selectors import lots_by_id, posted_plan, standing_journals
from marketplace.ledger.steps.posting import post
from marketplace.payments.events import WalletRefilled
from marketplace.payments.steps.lot_clocks import start_clocks

OURS = (Kind.REVENUE, Kind.TAX)


@use_case
def give_fee_back(*, actor: Actor, release_id: str, reason: str) -> FeeReturn:
    """Finance staff: the whole fee of one release, with its VAT, into the merchant's wallet, as parts of the charges
    that it was paid by. An invoice that has it is corrected by a credit note at once; one that comes later, then.
    Again: the same.

    Raises ReasonForCreditNeeded, NoFeeToGiveBack, Forbidden, NotFound.
    """
    DOCUMENTS.authorise(actor, DocumentAction.GIVE_BACK)
    if not reason.strip():
        raise ReasonForCreditNeeded
    known = Release.objects.filter(public_id=release_id).select_related("contract", "deliverable")
    release = known.first()
    if release is None:
        raise NotFound
    [merchant] = lock(Party.objects.filter(pk=release.contract.merchant_id).select_related("legal_entity"), "party")
    if there := FeeReturn.objects.filter(release=release).first():
        return there
    if not release.platform_fee_minor + release.vat_minor:
        raise NoFeeToGiveBack
    returned = FeeReturn.objects.create(
        release=release,
        party=merchant,
        fee_minor=release.platform_fee_minor,
        vat_minor=release.vat_minor,
        currency=release.currency,
        reason=reason.strip()[:500],
        decided_by_id=actor.user_id,
    )
    _to_the_wallet(returned, merchant)
    event = FeeReturned(
        aggregate=returned.public_id,
        release=release_id,
        fee_minor=returned.fee_minor,
        vat_minor=returned.vat_minor,
        currency=returned.currency,
    )
    record(event, by=actor)
    refilled = WalletRefilled(
        aggregate=returned.public_id,
        party=merchant.public_id,
        amount_minor=returned.money.amount_minor,
        currency=returned.currency,
    )
    record(refilled, by=actor)
    if invoiced := InvoicedRelease.objects.filter(release=release).select_related("invoice").first():
        issue_credit_note(returned, invoiced.invoice, by=actor)
    return returned


def _to_the_wallet(returned: FeeReturn, merchant: Party) -> None:
    """The shares that were ours come back out of revenue and tax, as parts of the lots that paid them."""
    [journal] = standing_journals(returned.release.public_id)
    posted = posted_plan(journal)
    uses = [(use.lot_id, Money(use.amount_minor, returned.currency)) for use in posted.uses]
    drawn = drawn_from(uses, [line.money for line in posted.lines])
    lots = {lot.pk: lot for lot in lots_by_id(use.lot_id for use in posted.uses)}
    parts = []
    for one in drawn:
        if posted.lines[one.share].destination.kind in OURS:
            lot = lots[one.lot_id]
            part = plans.Part(
                lot_id=lot.pk,
                child=new_id("lot"),
                provider=lot.provider,
                charge=lot.charge,
                money=one.money,
                charged_at=lot.charged_at,
            )
            parts.append(part)
    shares = [(line.destination, line.money) for line in posted.lines if line.destination.kind in OURS]
    wallet = chart.wallet(merchant.public_id, merchant.pk)
    post(plans.fee_returned(returned=returned.public_id, shares=shares, wallet=wallet, parts=parts))
    for part in parts:
        start_clocks(part.child, part.charged_at)
