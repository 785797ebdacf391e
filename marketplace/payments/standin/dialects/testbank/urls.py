"""The test bank's addresses."""

from django.urls import path

from marketplace.payments.standin.dialects.testbank import checkouts, money, pay, refunds

urlpatterns = [
    path("api/checkouts", checkouts.collection),
    path("api/checkouts/<str:checkout_id>", checkouts.item),
    path("api/checkouts/<str:checkout_id>/expire", checkouts.expiry),
    path("api/refunds", refunds.collection),
    path("api/refunds/<str:refund_id>", refunds.item),
    path("api/charges/<str:charge_id>", money.charge_item),
    path("api/balance", money.balance_item),
    path("api/entries", money.entry_list),
    path("api/events", money.event_list),
    path("pay/<str:checkout_id>", pay.page, name="pay"),
]
