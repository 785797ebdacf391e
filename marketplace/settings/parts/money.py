"""Default numbers of money: each may be changed by the operator, each is shown before anyone agrees."""

from marketplace.settings.env import read

# A wallet holds other people's money: the operator must have settled its licence first (docs/legal.md).
WALLET_ENABLED = read().wallet_enabled
WALLET_CURRENCIES = ["CNY", "USD", "EUR", "JPY"]
TOP_UP_MINIMUM_MINOR = {"CNY": 1000, "USD": 1000, "EUR": 1000, "JPY": 1000}
TOP_UP_MAXIMUM_MINOR = {"CNY": 100_000_000, "USD": 20_000_000, "EUR": 20_000_000, "JPY": 2_000_000_000}
# Stripe holds manual balances at most 90 days: warn at 60, decide by 85.
LOT_WARN_DAYS = 60
LOT_RETURN_DAYS = 85
# A weekly payout run of at most this much in each currency goes by itself. Above it, or in a currency without a number,
# two different people of finance approve it first (docs/payments.md).
PAYOUT_RUN_ALONE_MINOR = {"CNY": 100_000_000, "USD": 15_000_000, "EUR": 15_000_000, "JPY": 20_000_000}

STANDIN_URL = read().standin_url
STANDIN_PUBLIC_URL = read().standin_public_url
STANDIN_SECRET = read().standin_secret
STANDIN_WEBHOOK_SECRETS = read().standin_webhook_secrets

STRIPE_SECRET_KEY = read().stripe_secret_key
STRIPE_WEBHOOK_SECRETS = read().stripe_webhook_secrets
STRIPE_CONNECTED_WEBHOOK_SECRETS = read().stripe_connected_webhook_secrets
STRIPE_THIN_WEBHOOK_SECRETS = read().stripe_thin_webhook_secrets
STRIPE_CURRENCIES = read().stripe_currencies  # those that the account settles in; nothing converts by itself
# Where Stripe's unit is not ISO 4217's, or payouts take whole units only: https://docs.stripe.com/currencies#special-cases
OTHER_MINOR_UNITS = frozenset({"HUF", "ISK", "MGA", "TWD", "UGX", "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
STRIPE_API_BASE = read().stripe_api_base
STRIPE_PAGES = ["https://checkout.stripe.com", "https://connect.stripe.com", "https://accounts.stripe.com"]

# Where our forms may lead payers and payees (Content-Security-Policy: form-action).
PAYMENT_PROVIDER_ORIGINS = [
    *[url for url in [read().standin_public_url, STRIPE_API_BASE] if url],
    *(STRIPE_PAGES if STRIPE_SECRET_KEY and not STRIPE_API_BASE else []),
]

# Whose VAT the platform charges on its own fee (`contracts/tax.py`); empty for none. The operator settles it.
PLATFORM_VAT_COUNTRY = read().platform_vat_country

# Who issues receipts, invoices and credit notes (docs/documents.md). The registration is what their numbers belong to.
ISSUER = {
    "name": read().issuer_name,
    "address": read().issuer_address,
    "country": read().issuer_country,
    "registration": read().issuer_registration,
    "tax_id": read().issuer_tax_id,
    "code": read().issuer_code,
}

# The bank by hand (docs/bank-rail.md): there is one when its account has a number.
BANK_RAIL_ACCOUNT_HOLDER = read().bank_rail_account_holder
BANK_RAIL_ACCOUNT_BANK = read().bank_rail_account_bank
BANK_RAIL_ACCOUNT_NUMBER = read().bank_rail_account_number
BANK_RAIL_CURRENCIES = read().bank_rail_currencies
BANK_RAIL_KEYS = read().bank_rail_keys  # seal numbers of accounts: the first seals, each opens
