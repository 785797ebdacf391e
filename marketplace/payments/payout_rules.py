"""When money may go to a payee, as numbers. Pure."""

from datetime import datetime, timedelta

from marketplace.core.money import Money, exponent

SECURITY_WAIT = timedelta(hours=72)
FIRST_PAYOUT_WAIT = timedelta(days=7)
QUICK_WAIT = timedelta(hours=24)
LEAST_UNITS = 10
LEAST_MINOR = {"JPY": 1_000}


def least(currency: str) -> Money:
    """The smallest payout: 10 units, JPY 1,000."""
    return Money(LEAST_MINOR.get(currency, LEAST_UNITS * 10 ** exponent(currency)), currency)


def next_run(now: datetime) -> datetime:
    """Monday, 02:00 UTC: ten in the morning in China."""
    run = now.replace(hour=2, minute=0, second=0, microsecond=0)
    run += timedelta(days=(7 - run.weekday()) % 7)
    return run if run > now else run + timedelta(days=7)
