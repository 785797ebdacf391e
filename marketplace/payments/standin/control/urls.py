"""The levers' addresses."""

from django.urls import path

from marketplace.payments.standin.control import acquirer, views

urlpatterns = [
    path("_faults", views.fault_plan),
    path("_clock", views.bank_clock),
    path("_webhook", views.webhook),
    path("_deliveries", views.delivery_list),
    path("_pay/<str:checkout_id>", views.payment),
    path("_payees/<str:payee_id>", views.payee),
    path("_payouts/<str:payout_id>", views.payout),
    path("_sessions/<str:session_id>", acquirer.payment),
    path("_accounts/<str:account_id>", acquirer.account),
    path("_connected_payouts/<str:payout_id>", acquirer.connected_payout),
    path("_refunds/<str:refund_id>", acquirer.refund_item),
    path("_disputes", acquirer.dispute_list),
    path("_disputes/<str:dispute_id>", acquirer.dispute_item),
    path("_conservation", views.books),
    path("healthz", views.health),
]
