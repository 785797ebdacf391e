"""A charge under lock: whatever takes from it queues up here."""

from marketplace.payments.standin.engine.errors import Refusal, missing
from marketplace.payments.standin.models import CardCharge


def get(charge_id: str) -> CardCharge:
    """One charge, or a refusal."""
    row = CardCharge.objects.select_related("intent").filter(pk=charge_id).first()
    if row is None:
        raise missing("charge", charge_id)
    return row


def lock_paid(charge_id: str) -> CardCharge:
    """The row until the transaction ends; one that brought no money is refused."""
    row = CardCharge.objects.select_for_update().filter(pk=charge_id).first()
    if row is None:
        raise missing("charge", charge_id)
    if row.status != CardCharge.Status.SUCCEEDED:
        raise Refusal("charge_not_paid", f"This charge is {row.status}.")
    return row
