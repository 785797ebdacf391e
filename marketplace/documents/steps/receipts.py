"""A receipt for every payment in."""

from marketplace.contracts.models import Contract
from marketplace.contracts.waterfall import Waterfall
from marketplace.core.actor import Actor
from marketplace.core.tx import step
from marketplace.documents.models import Document, DocumentKind
from marketplace.documents.steps.issuing import Draft, issue
from marketplace.ledger.selectors import lots_of_charge
from marketplace.payments.models import Funding


@step
def issue_receipt(funding: Funding, *, by: Actor) -> Document | None:
    """What was paid, for what, by which charge, and the lots that carry it. None when it is issued already."""
    cause = f"receipt:{funding.public_id}"
    if Document.objects.filter(cause=cause).exists():
        return None
    lots = lots_of_charge(funding.provider, funding.charge).filter(parent=None)
    return issue(
        Draft(
            kind=DocumentKind.RECEIPT,
            party=funding.party,
            currency=funding.currency,
            net_minor=funding.amount_minor - _vat_minor(funding),
            tax_minor=_vat_minor(funding),
            cause=cause,
            body={
                **_paid_for(funding),
                "payment": funding.public_id,
                "provider": funding.provider,
                "charge": funding.charge,
                "paid_at": funding.closed_at.isoformat(timespec="seconds"),
                "lots": [lot.public_id for lot in lots.order_by("id")],
            },
        ),
        by=by,
    )


def _falls(funding: Funding) -> tuple[Contract, str, Waterfall]:
    """What it paid: the contract as it was signed, a further round of changes, or what a fee was raised by."""
    contract = Contract.objects.get(public_id=funding.contract)
    amendment = contract.amendments.filter(public_id=funding.part).first()
    if amendment is not None:
        return contract, "amendment", amendment.falls
    if funding.part:
        return contract, "round", contract.extra_round
    return contract, "contract", contract.signed_falls


def _vat_minor(funding: Funding) -> int:
    return _falls(funding)[2].vat_minor if funding.contract else 0


def _paid_for(funding: Funding) -> dict[str, object]:
    if not funding.contract:
        return {"what": "top_up"}
    contract, what, falls = _falls(funding)
    return {
        "what": what,
        "contract": {"id": contract.public_id, "number": contract.number, "title": contract.title},
        "gross_minor": falls.gross_minor,
        "fee_minor": falls.platform_fee_minor,
        "fee_bp": falls.platform_fee_bp,
        "vat_minor": falls.vat_minor,
        "vat_bp": falls.vat_bp,
    }
