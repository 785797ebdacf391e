"""How anchors and agencies of the demo come to their money: an account at the test bank, and every Monday's payouts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from allauth.mfa.models import Authenticator

from marketplace.accounts.models import User
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.payments.flows.pay_out import open_account_page, run_weekly_payouts
from marketplace.payments.flows.refresh import refresh_account, refresh_payout
from marketplace.payments.gateways import payees_providers
from marketplace.payments.machine import PayoutState
from marketplace.payments.models import Payout, PayoutAccount
from marketplace.payments.payout_rules import next_run
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.web.demo.bank import press
from marketplace.web.demo.history import History, relay
from marketplace.web.demo.people import Owner, verified

ARRIVES_AFTER = timedelta(hours=14)
BANKS = ("招商银行", "中国工商银行", "中国建设银行", "Harbour Bank")


def open_account(payee: Owner, staff: Actor) -> None:
    """Verified, and named at the bank; once."""
    provider = next(iter(payees_providers()))
    if PayoutAccount.objects.filter(party=payee.party, provider=provider).exists():
        return
    verified(payee, "payee", staff)
    with second_factor(payee.user):
        account = ask_payout_account(actor=payee.actor, provider=provider)
    open_account_page(account)
    account.refresh_from_db()
    press(
        f"/_payees/{account.provider_payee}",
        how="name",
        holder=payee.party.name,
        bank_name=BANKS[payee.party.pk % len(BANKS)],
        number=account_number(payee.party.pk),
    )
    refresh_account(account)


@contextmanager
def second_factor(user: User) -> Iterator[None]:
    """Payout accounts ask for one. She does not keep it: the demo's sign-ins need nothing but their password."""
    held = Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "demo"})
    try:
        yield
    finally:
        held.delete()


def account_number(place: int) -> str:
    """A card's number whose last digit is right (ISO 7812); the bank takes no other."""
    body = f"62284801{place:010}"
    doubled = [int(digit) * (2 - turn % 2) for turn, digit in enumerate(reversed(body))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{body}{-total % 10}"


def pay_out_every_monday(history: History, days: int) -> None:
    """The weekly runs of so many days, each with its arrival at the banks outside."""
    now = clock.now()
    run = next_run(now - timedelta(days=days))
    while run < now:
        history.on((now - run) / timedelta(days=1), pay_out)
        run = next_run(run)


def pay_out() -> None:
    run_weekly_payouts()
    relay()
    arrived = ARRIVES_AFTER - clock.behind()
    with clock.shifted(min(arrived, timedelta())):
        for payout in Payout.objects.filter(state=PayoutState.IN_TRANSIT):
            press(f"/_payouts/{payout.provider_payout}", how="arrive")
            refresh_payout(payout)
        relay()
