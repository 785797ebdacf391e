"""Asks about what a provider tells by its doors alone, for the case that no door brought it.

What happens on payees' own accounts is not in the platform's log. A part at a time, what was asked about longest ago
first: cut off anywhere, the next time goes on from there.
"""

from contextlib import suppress
from datetime import timedelta

from marketplace.core.errors import NotFound
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.refresh import refresh_account, refresh_payout
from marketplace.payments.selectors.looking_after import accounts_with_something_moving, payouts_that_may_come_back

EVERY = timedelta(hours=6)


def look_after_payees(*, unchecked_for: timedelta = EVERY) -> None:
    """One that the provider cannot answer about now is asked about the next time; it does not stop the others."""
    for payout in payouts_that_may_come_back(unchecked_for=unchecked_for):
        with suppress(ProviderError, NotFound):
            refresh_payout(payout)
    for account in accounts_with_something_moving(unchecked_for=unchecked_for):
        with suppress(ProviderError, NotFound):
            refresh_account(account)
