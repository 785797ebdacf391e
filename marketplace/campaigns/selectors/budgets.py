from django.conf import settings

from marketplace.campaigns.models import VTask
from marketplace.contracts.tax import vat_bp
from marketplace.contracts.waterfall import waterfall
from marketplace.core import clock
from marketplace.core.money import Money


def budget_of(task: VTask) -> Money:
    """What all seats cost at most, platform fee and VAT included; nought without a fee."""
    vat = vat_bp(settings.PLATFORM_VAT_COUNTRY, clock.today())
    one = waterfall(task.fee_max, vat_bp=vat).money("pays")
    return Money(one.amount_minor * task.seats, task.currency)
