from django.urls import path

from marketplace.http.api import paths as paths
from marketplace.payments.api.views import EarningsView, PayoutsView, PayoutView, StatementView, TransfersView

urlpatterns = [
    path("earnings", EarningsView.as_view(), name="earnings"),
    path("earnings/transfers", TransfersView.as_view(), name="transfers"),
    path("earnings/payouts", PayoutsView.as_view(), name="payouts"),
    path("earnings/payouts/<pyo:payout_id>", PayoutView.as_view(), name="payout"),
    path("earnings/statement", StatementView.as_view(), name="statement"),
]
