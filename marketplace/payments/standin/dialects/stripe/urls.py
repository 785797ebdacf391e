"""Stripe's addresses, and those of the hosted pages."""

from django.urls import path, re_path

from marketplace.payments.standin.dialects.stripe import onboarding_page, pay_page
from marketplace.payments.standin.dialects.stripe.calls import (
    accounts,
    balances,
    checkout_sessions,
    disputes,
    event_log,
    payments,
    payouts,
    refunds,
    transfers,
)
from marketplace.payments.standin.dialects.stripe.endpoint import unrecognized

urlpatterns = [
    path("v1/checkout/sessions", checkout_sessions.collection),
    path("v1/checkout/sessions/<str:session_id>", checkout_sessions.item),
    path("v1/checkout/sessions/<str:session_id>/expire", checkout_sessions.expiry),
    path("v1/payment_intents/<str:intent_id>", payments.intent_item),
    path("v1/charges/<str:charge_id>", payments.charge_item),
    path("v1/refunds", refunds.collection),
    path("v1/refunds/<str:refund_id>", refunds.item),
    path("v1/transfers", transfers.collection),
    path("v1/transfers/<str:transfer_id>", transfers.item),
    path("v1/transfers/<str:transfer_id>/reversals", transfers.reversals),
    path("v1/balance", balances.balance),
    path("v1/balance_transactions", balances.lines),
    path("v1/balance_transactions/<str:line_id>", balances.line),
    path("v1/balance_settings", balances.settings_item),
    path("v1/payouts", payouts.collection),
    path("v1/payouts/<str:payout_id>", payouts.item),
    path("v1/disputes", disputes.collection),
    path("v1/disputes/<str:dispute_id>", disputes.item),
    path("v1/events", event_log.collection),
    path("v1/events/<str:event_id>", event_log.item),
    path("v1/accounts/<str:account_id>/external_accounts", accounts.external_accounts),
    path("v1/accounts/<str:account_id>/login_links", accounts.login_links),
    path("v2/core/accounts", accounts.collection),
    path("v2/core/accounts/<str:account_id>", accounts.item),
    path("v2/core/accounts/<str:account_id>/close", accounts.closing),
    path("v2/core/account_links", accounts.links),
    path("v2/core/events/<str:event_id>", event_log.thin_item),
    re_path(r"^v[12]/.*$", unrecognized),
    path("c/pay/<str:session_id>", pay_page.page, name="card_pay"),
    path("setup/<str:link_id>", onboarding_page.page, name="onboarding"),
]
