from django.urls import path

from marketplace.payments.views.approval import ApprovalView, LimitView
from marketplace.payments.views.bank_account import BankAccountView
from marketplace.payments.views.earnings import EarningsView, PayoutView, StatementFileView, StatementView
from marketplace.payments.views.payout import AccountView, AskPayoutView, FreezeView
from marketplace.payments.views.refund import RefundStatusView, RefundView
from marketplace.payments.views.top_up import FundingView, TopUpView
from marketplace.payments.views.wallet import WalletView
from marketplace.payments.views.webhook import stripe_connected, stripe_platform, stripe_thin, test_bank

urlpatterns = [
    path("wallet/", WalletView.as_view(), name="wallet"),
    path("wallet/top-up/", TopUpView.as_view(), name="top-up"),
    path("wallet/limit/", LimitView.as_view(), name="approval-limit"),
    path("wallet/approvals/<str:approval_id>/", ApprovalView.as_view(), name="approval"),
    path("wallet/in/<str:funding_id>/", FundingView.as_view(), name="funding"),
    path("wallet/lots/<str:lot_id>/refund/", RefundView.as_view(), name="refund-lot"),
    path("wallet/back/<str:refund_id>/", RefundStatusView.as_view(), name="refund"),
    path("earnings/", EarningsView.as_view(), name="earnings"),
    path("earnings/account/", AccountView.as_view(), name="payout-account"),
    path("earnings/account/bank/", BankAccountView.as_view(), name="bank-account"),
    path("earnings/pay-out/", AskPayoutView.as_view(), name="ask-payout"),
    path("earnings/payouts/<str:payout_id>/", PayoutView.as_view(), name="payout"),
    path("earnings/statement/", StatementView.as_view(), name="statement"),
    path("earnings/statement.csv", StatementFileView.as_view(), name="statement-file"),
    path("earnings/freeze/<str:token>/", FreezeView.as_view(), name="freeze-payouts"),
    path("webhooks/test-bank/", test_bank, name="webhook-test-bank"),
    path("webhooks/stripe/", stripe_platform, name="webhook-stripe"),
    path("webhooks/stripe/connected/", stripe_connected, name="webhook-stripe-connected"),
    path("webhooks/stripe/thin/", stripe_thin, name="webhook-stripe-thin"),
]
