"""`/v1/balance`, `/v1/balance_transactions`, `/v1/balance_settings`: the platform's, or a connected account's."""

from marketplace.payments.standin.dialects.stripe import paging
from marketplace.payments.standin.dialects.stripe.call import Call
from marketplace.payments.standin.dialects.stripe.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.stripe.objects import movement as objects
from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine.acquirer import balances, connected
from marketplace.payments.standin.engine.errors import Refusal, missing
from marketplace.payments.standin.models import ConnectedAccount, Movement


@reading("balance.get", per_account=True)
def retrieve(call: Call) -> dict:
    """What is available, and what will be, by currency."""
    names = balances.currencies(call.account) or ["USD"]
    return {
        "object": "balance",
        "available": [_part(name, balances.available(call.account, name)) for name in names],
        "connect_reserved": [{"amount": 0, "currency": name.lower()} for name in names],
        "livemode": False,
        "pending": [_part(name, balances.pending(call.account, name)) for name in names],
        "refund_and_dispute_prefunding": {"available": [], "pending": []},
    }


@reading("balance_transaction.get", per_account=True)
def retrieve_line(call: Call, line_id: str) -> dict:
    """One line."""
    row = Movement.objects.filter(id=line_id, owner=call.account).first()
    if row is None:
        raise missing("balance_transaction", line_id)
    return objects.write(row)


@reading("balance_transaction.list", ("currency", "source", "type", *paging.NAMES), per_account=True)
def search(call: Call) -> dict:
    """Lines, newest first."""
    wanted = {"source": call.text("source"), "kind": call.text("type")}
    wanted["currency"] = call.currency() if "currency" in call.given else ""
    rows = Movement.objects.filter(owner=call.account, **{name: value for name, value in wanted.items() if value})
    return paging.page(rows, call.given, objects.write, url="/v1/balance_transactions", order="seq")


@reading("balance_settings.get", per_account=True)
def retrieve_settings(call: Call) -> dict:
    """How the balance is paid out."""
    return _settings(connected.get(_named(call)))


@writing("balance_settings.update", ("payments.payouts.schedule.interval",), per_account=True)
def update_settings(call: Call) -> dict:
    """Pay out every day, or when somebody says so."""
    account = _named(call)
    schedule = call.given.get("payments", {}).get("payouts", {}).get("schedule", {})
    if "interval" not in schedule:
        return _settings(connected.get(account))
    if schedule["interval"] not in ConnectedAccount.Interval.values:
        raise must_be("payments[payouts][schedule][interval]", f"one of {', '.join(ConnectedAccount.Interval.values)}")
    return _settings(connected.pay_out(account, schedule["interval"]))


def _named(call: Call) -> str:
    if not call.account:
        raise Refusal("not_built_here", "Balance settings are those of a connected account: name it in Stripe-Account.")
    return call.account


def _part(currency: str, amount_minor: int) -> dict:
    return {"amount": amount_minor, "currency": currency.lower(), "source_types": {"card": amount_minor}}


def _settings(row: ConnectedAccount) -> dict:
    schedule = {"interval": row.interval, "monthly_payout_days": None, "weekly_payout_days": None}
    return {
        "object": "balance_settings",
        "payments": {
            "debit_negative_balances": False,
            "payouts": {
                # Nullable by Stripe's own description, but the SDK can only read an object here.
                "automatic_transfer_rules_by_currency": {},
                "minimum_balance_by_currency": {},
                "schedule": schedule,
                "statement_descriptor": None,
                "status": "enabled" if row.last4 and not row.closed_at else "disabled",
            },
            "settlement_timing": {"delay_days": 2, "delay_days_override": None, "start_of_day": None},
        },
    }


balance = by_method(GET=retrieve)
lines = by_method(GET=search)
line = by_method(GET=retrieve_line)
settings_item = by_method(GET=retrieve_settings, POST=update_settings)
