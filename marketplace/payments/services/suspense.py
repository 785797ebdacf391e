"""What came and nobody asked for: in suspense, and back to who sent it. Each again changes nothing."""

from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.steps.posting import post
from marketplace.payments.policies import WALLET, WalletAction


@use_case
def keep_in_suspense(*, actor: Actor, provider: str, line: str, money: Money) -> None:
    """`line` is what the provider calls it."""
    WALLET.authorise(actor, WalletAction.RECORD)
    post(plans.unmatched(reference=line, provider=provider, charge=line, money=money))


@use_case
def start_return(*, actor: Actor, provider: str, line: str, order: str, money: Money, asked_for: bool) -> None:
    """It is ordered back. What was `asked_for`, with another amount, is in suspense by its payment; whatever else may
    not have been booked yet is booked now. Raises Overdraft when its payment has not been settled yet."""
    WALLET.authorise(actor, WalletAction.RECORD)
    if not asked_for:
        post(plans.unmatched(reference=line, provider=provider, charge=line, money=money))
    post(plans.return_started(order=order, provider=provider, money=money))


@use_case
def finish_return(*, actor: Actor, provider: str, order: str, money: Money) -> None:
    WALLET.authorise(actor, WalletAction.RECORD)
    post(plans.return_done(order=order, provider=provider, money=money))


@use_case
def undo_return(*, actor: Actor, provider: str, order: str, money: Money, was_paid: bool) -> None:
    """The bank could not, or sent it to us again."""
    WALLET.authorise(actor, WalletAction.RECORD)
    out_of = chart.world(provider) if was_paid else chart.clearing(provider)
    post(plans.return_failed(order=order, provider=provider, out_of=out_of, money=money))
