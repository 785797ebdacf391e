"""What happens to a change that was not signed, or not paid, by itself: the contract stays as it is."""

from marketplace.contracts.machine import AmendmentState
from marketplace.contracts.models import Amendment
from marketplace.contracts.steps.amending import FUND_EXPIRE, SIGN_EXPIRE, close
from marketplace.contracts.steps.locks import lock_amendment
from marketplace.core.actor import Actor
from marketplace.core.timers.registry import on_timer


@on_timer(SIGN_EXPIRE)
def lapse_unsigned(aggregate: str, actor: Actor) -> None:
    """72 hours are over."""
    _lapse(lock_amendment(actor, aggregate), AmendmentState.SIGNING, actor)


@on_timer(FUND_EXPIRE)
def lapse_unpaid(aggregate: str, actor: Actor) -> None:
    """48 hours after the last signature. A payment that comes later goes back."""
    _lapse(lock_amendment(actor, aggregate), AmendmentState.AWAITING_FUNDS, actor)


def _lapse(amendment: Amendment, state: AmendmentState, actor: Actor) -> None:
    if amendment.state == state:
        close(amendment, "lapse", by=actor)
