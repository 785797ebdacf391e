from marketplace.payments.forms.limit import LimitForm
from marketplace.payments.forms.payout import PayoutForm
from marketplace.payments.forms.refund import RefundForm
from marketplace.payments.forms.top_up import TopUpForm

__all__ = ["LimitForm", "PayoutForm", "RefundForm", "TopUpForm"]
