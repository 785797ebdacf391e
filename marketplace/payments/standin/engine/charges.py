"""A charge under lock: whatever takes from it queues up here."""

from marketplace.payments.standin.engine.errors import missing
from marketplace.payments.standin.models import Charge


def lock(charge_id: str) -> Charge:
    """The row, until the transaction ends; or a refusal."""
    row = Charge.objects.select_for_update().filter(pk=charge_id).first()
    if row is None:
        raise missing("charge", charge_id)
    return row
