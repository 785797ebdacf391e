"""Payees on their way to their money, at the running test bank, made the way the program makes them."""

from allauth.mfa.models import Authenticator

from marketplace.accounts.models import Party
from marketplace.core.actor import Actor
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.models import FundingLot
from marketplace.ledger.steps.posting import post
from marketplace.payments.flows.pay_out import open_account_page
from marketplace.payments.flows.refresh import refresh_account, refresh_funding
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.models import Payout, PayoutAccount, Transfer
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.payments.steps.payouts import make_payouts
from marketplace.payments.steps.protecting import protect, release
from tests.factories.deals import verify
from tests.factories.people import Person
from tests.support.bank import Bank
from tests.support.relay import relay_all

SECRET = {"secret": "JBSWY3DPEHPK3PXP"}


def with_second_factor(person: Person) -> Person:
    Authenticator.objects.get_or_create(user=person.user, type=Authenticator.Type.TOTP, defaults={"data": SECRET})
    return person


def with_account(bank: Bank, person: Person, **named: object) -> PayoutAccount:
    """Opened here, named on the bank's page, seen here again."""
    with_second_factor(person)
    account = ask_payout_account(actor=person.actor, provider="test_bank")
    open_account_page(account)
    account.refresh_from_db()
    bank.name_account(account.provider_payee, **named)
    return refresh_account(account)


def payee(bank: Bank, person: Person) -> Person:
    """Verified and with an account."""
    verify(person.party, "payee")
    with_account(bank, person)
    relay_all()
    return person


def topped_up(bank: Bank, merchant: Person, minor: int, currency: str = "CNY") -> FundingLot:
    """Real money at the bank, in the merchant's wallet."""
    asked = ask_top_up(actor=merchant.actor, money=Money(minor, currency), provider="test_bank", key=new_id("key"))
    funding = submit_funding(asked.public_id)
    bank.pay(funding.checkout)
    refresh_funding(funding)
    relay_all()
    return FundingLot.objects.get(charge=funding.charge or type(funding).objects.get(pk=funding.pk).charge)


def _released(merchant: Person, *payees: tuple[Party, int], currency: str = "CNY") -> list[Transfer]:
    """As a contract's release leaves it: protected out of the wallet, then released to the payees, 5 % fee on top."""
    contract, total = new_id("ctr"), sum(minor for _party, minor in payees)
    fee = Money(total // 20, currency)
    wallet = chart.wallet(merchant.party.public_id, merchant.party.pk)
    protect(merchant=merchant.party, contract=contract, source=wallet, money=Money(total, currency) + fee)
    return release(
        actor=merchant.actor,
        merchant=merchant.party,
        contract=contract,
        release=new_id("rel"),
        payees=[(party, Money(minor, currency)) for party, minor in payees],
        platform_fee=fee,
        vat=Money.zero(currency),
        about="Autumn oolong",
    )


released = use_case(_released)


@use_case
def paid_out(merchant: Person, payee: Person, minor: int = 5_000, currency: str = "CNY") -> Payout:
    """A payout of hers as the books have it, without a bank: for pages that show one. In one transaction, so that no
    worker of a running stack holds the transfer meanwhile."""
    [transfer] = _released(merchant, (payee.party, minor), currency=currency)
    party = transfer.party
    Transfer.objects.filter(pk=transfer.pk).update(state="done")
    places = {name: getattr(chart, name)(party.public_id, party.pk) for name in ("payable", "connected")}
    post(plans.transferred(transfer=transfer.public_id, money=transfer.money, **places))
    payout = Payout(
        public_id=new_id("pyo"),
        party=party,
        provider=transfer.provider,
        payee="pye_1",
        amount_minor=transfer.amount_minor,
        currency=transfer.currency,
        last4="8002",
    )
    return make_payouts([(payout, [transfer.pk])], by=Actor.system("test"))[0]
