"""What the acquirer takes."""

from django.conf import settings


def of_charge(amount_minor: int) -> int:
    """A share of the amount, rounded half up, and a fixed part; in the charge's own minor units."""
    share = (amount_minor * settings.ACQUIRER["fee_basis_points"] + 5000) // 10_000
    return share + settings.ACQUIRER["fee_fixed_minor"]


def of_dispute() -> int:
    """A dispute's fee, in minor units; kept whichever way it ends."""
    return settings.ACQUIRER["dispute_fee_minor"]
