"""Paying a contract: by its own checkout, from the wallet, or from what is set aside for the V task."""

from marketplace.accounts.steps.parties import lock_own_party
from marketplace.contracts.models import Contract
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.funding import bill_of
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.paying import pay
from marketplace.core.actor import Actor
from marketplace.core.tx import use_case
from marketplace.payments.models import Approval, Funding


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
    bill = bill_of(contract, by=actor)
    return pay(bill, actor=actor, party=party, source=source, provider=provider, key=key) or contract
