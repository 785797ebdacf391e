"""The test bank's addresses."""

from django.urls import path

from marketplace.payments.standin.dialects.testbank import (
    checkouts,
    money,
    pay,
    payee_page,
    payees,
    payouts,
    refunds,
    transfers,
)

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
    path("api/payees", payees.collection),
    path("api/payees/<str:payee_id>", payees.item),
    path("api/payees/<str:payee_id>/links", payees.links),
    path("api/payees/<str:payee_id>/balance", payees.balance_item),
    path("api/transfers", transfers.collection),
    path("api/transfers/<str:transfer_id>", transfers.item),
    path("api/transfers/<str:transfer_id>/reversals", transfers.reversals),
    path("api/payouts", payouts.collection),
    path("api/payouts/<str:payout_id>", payouts.item),
    path("payee/<str:link_id>", payee_page.page, name="payee"),
    path("pay/<str:checkout_id>", pay.page, name="pay"),
]
