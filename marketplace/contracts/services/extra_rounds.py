"""A further round of changes, when the free ones are used: asked for, paid, taken back."""

from marketplace.accounts.steps.parties import lock_own_party
from marketplace.contracts.errors import NoFurtherRound, NoWorkBeforeFunds
from marketplace.contracts.events import ExtraRoundAsked
from marketplace.contracts.machine import AT_WORK, EXTRA_ROUND, ExtraRoundState
from marketplace.contracts.models import ExtraRound
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.extra_rounds import close, may_ask_for_round
from marketplace.contracts.steps.locks import lock_deliverable, lock_round
from marketplace.contracts.steps.paying import pay
from marketplace.contracts.steps.releasing import require_unfrozen
from marketplace.contracts.steps.round_payment import bill_of_round
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.payments.models import Approval, Funding


@use_case
def ask_for_round(*, actor: Actor, public_id: str, words: str) -> ExtraRound:
    """Say what should change, and keep it: it is asked for when it is paid. Until then the review clock runs on.

    The same words again answer with the same round.
    Raises NoFurtherRound, NoWorkBeforeFunds, UnderDispute, FundsFrozen, Forbidden.
    """
    deliverable = lock_deliverable(actor, public_id)
    contract = deliverable.contract
    CONTRACT_POLICY.authorise(actor, ContractAction.REVIEW, contract)
    if contract.state not in AT_WORK:
        raise NoWorkBeforeFunds
    require_unfrozen(deliverable)
    words = words.strip()
    there = deliverable.extra_rounds.filter(state=ExtraRoundState.ASKED).first()
    if there is not None and there.words == words:
        there.deliverable = deliverable
        return there
    if there or not may_ask_for_round(deliverable):
        raise NoFurtherRound
    asked = ExtraRound.objects.create(deliverable=deliverable, words=words, by_id=actor.user_id)
    pays = asked.pays
    event = ExtraRoundAsked(
        aggregate=public_id, extra_round=asked.public_id, amount_minor=pays.amount_minor, currency=pays.currency
    )
    record(event, by=actor)
    return asked


@use_case
def pay_round(*, actor: Actor, public_id: str, source: str, provider: str, key: str) -> ExtraRound | Funding | Approval:
    """Pay it: the ExtraRound when that is done at once, the Funding whose page the payer goes to, or the Approval that
    a second person must give. The same `key` again answers with the same.

    Raises NotPayable, NotEnoughSetAside, WalletSwitchedOff, NoSecondPerson, Forbidden, KeyReused.
    """
    party = lock_own_party(actor)
    extra_round = lock_round(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.FUND, extra_round.contract)
    bill = bill_of_round(extra_round, by=actor)
    return pay(bill, actor=actor, party=party, source=source, provider=provider, key=key) or extra_round


@use_case
def take_round_back(*, actor: Actor, public_id: str) -> ExtraRound:
    """Before it is paid; a payment that still comes goes back. Raises IllegalTransition, Forbidden."""
    extra_round = lock_round(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.REVIEW, extra_round.contract)
    EXTRA_ROUND.fire(extra_round, "withdraw")
    close(extra_round, by=actor)
    return extra_round
