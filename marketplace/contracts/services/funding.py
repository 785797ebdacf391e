"""Paying a contract: by its own checkout, from the wallet, or from what is set aside for the V task."""

from django.conf import settings

from marketplace.accounts.steps.parties import lock_own_party
from marketplace.contracts.errors import NotPayable
from marketplace.contracts.models import Contract
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.approvals import is_payable
from marketplace.contracts.steps.funding import WALLET, fund_from
from marketplace.contracts.steps.locks import lock_contract
from marketplace.core.actor import Actor
from marketplace.core.idempotency import seen
from marketplace.core.ids import new_id
from marketplace.core.tx import use_case
from marketplace.payments.errors import WalletSwitchedOff
from marketplace.payments.models import Approval, Funding
from marketplace.payments.selectors import find_open_funding
from marketplace.payments.steps.approvals import ask_second_person, needs_second_person
from marketplace.payments.steps.funding import start_funding

CHECKOUT = "checkout"


@use_case
def pay_contract(
    *, actor: Actor, public_id: str, source: str, provider: str, key: str
) -> Contract | Funding | Approval:
    """Pay it: the Contract when it is funded at once, the Funding whose page the payer goes to, or the Approval that
    a second person must give. The same `key` again answers with the same.

    Raises NotPayable, NotEnoughSetAside, WalletSwitchedOff, NoSecondPerson, Forbidden, KeyReused.
    """
    party = lock_own_party(actor)
    contract = lock_contract(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.FUND, contract)
    if source == CHECKOUT and is_payable(contract) and (there := find_open_funding(public_id)):
        return there
    funding_id, approval_id = new_id("fnd"), new_id("apv")
    pays = contract.falls.money("pays")
    waits = needs_second_person(party, pays)
    result = approval_id if waits else funding_id if source == CHECKOUT else public_id
    request = {"contract": public_id, "source": source, "provider": provider}
    if first := seen(actor=actor, operation="pay_contract", key=key, request=request, result=result):
        return _asked_before(first)
    if not is_payable(contract):
        raise NotPayable
    if source == WALLET and not settings.WALLET_ENABLED:
        raise WalletSwitchedOff
    if waits:
        return ask_second_person(
            actor=actor,
            party=party,
            kind=Approval.Kind.CONTRACT,
            money=pays,
            payload={"contract": public_id, "source": source, "provider": provider, "public_id": funding_id},
            public_id=approval_id,
        )
    if source == CHECKOUT:
        return start_funding(
            actor=actor,
            party=party,
            money=pays,
            provider=provider,
            public_id=funding_id,
            asked_by_id=actor.user_id,
            contract=public_id,
        )
    fund_from(contract, source, by=actor)
    return contract


def _asked_before(public_id: str) -> Contract | Funding | Approval:
    models = {"fnd": Funding, "apv": Approval, "ctr": Contract}
    return models[public_id.partition("_")[0]].objects.get(public_id=public_id)
