"""Paying what a contract asks for: by a checkout of its own, or at once from money that is there already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from marketplace.accounts.models import Party
from marketplace.contracts.errors import NotPayable
from marketplace.core.actor import Actor
from marketplace.core.idempotency import seen
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.tx import step
from marketplace.payments.errors import WalletSwitchedOff
from marketplace.payments.models import Approval, Funding
from marketplace.payments.selectors import find_open_funding
from marketplace.payments.steps.approvals import ask_second_person, needs_second_person
from marketplace.payments.steps.funding import start_funding

CHECKOUT, WALLET, RESERVE = "checkout", "wallet", "reserve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What is to be paid: a contract, or a part of one (`part`: a further round, a changed fee).

    `names` says which, in a request and in an approval; `pay_from` takes the money from a source that holds it.
    """

    kind: Approval.Kind
    public_id: str
    names: Mapping[str, str]
    contract: str
    part: str = ""
    money: Money
    sources: frozenset[str]
    is_payable: bool
    pay_from: Callable[[str], None]

    @property
    def open_funding(self) -> Funding | None:
        return find_open_funding(self.contract, self.part)


@step
def pay(bill: Bill, *, actor: Actor, party: Party, source: str, provider: str, key: str) -> Funding | Approval | None:
    """The Funding whose page the payer goes to, the Approval that a second person must give, or None: paid at once.

    The same `key` again answers with the same. The caller has locked the party and what is paid.
    Raises NotPayable, NotEnoughSetAside, WalletSwitchedOff, NoSecondPerson, KeyReused.
    """
    if source == CHECKOUT and bill.is_payable and (there := bill.open_funding):
        return there
    funding_id, approval_id = new_id("fnd"), new_id("apv")
    waits = needs_second_person(party, bill.money)
    result = approval_id if waits else funding_id if source == CHECKOUT else bill.public_id
    asked = {**bill.names, "source": source, "provider": provider}
    if first := seen(actor=actor, operation=f"pay_{bill.kind}", key=key, request=asked, result=result):
        return _asked_before(first)
    if not bill.is_payable or source not in bill.sources:
        raise NotPayable
    if source == WALLET and not settings.WALLET_ENABLED:
        raise WalletSwitchedOff
    if waits:
        return ask_second_person(
            actor=actor,
            party=party,
            kind=bill.kind,
            money=bill.money,
            payload={**asked, "public_id": funding_id},
            public_id=approval_id,
        )
    if source == CHECKOUT:
        return _checkout(bill, actor, party, provider, funding_id, actor.user_id)
    bill.pay_from(source)
    return None


@step
def pay_approved(bill: Bill, approval: Approval, *, by: Actor) -> str:
    """A second person has said yes. When a payment of it is open already, that is the one.

    Raises NotPayable, NotEnoughSetAside.
    """
    payload = approval.payload
    if not bill.is_payable:
        raise NotPayable
    if payload["source"] != CHECKOUT:
        bill.pay_from(payload["source"])
        return bill.public_id
    if there := bill.open_funding:
        return there.public_id
    _checkout(bill, by, approval.party, payload["provider"], payload["public_id"], approval.asked_by_id)
    return payload["public_id"]


def _checkout(
    bill: Bill, actor: Actor, party: Party, provider: str, public_id: str, asked_by_id: int | None
) -> Funding:
    return start_funding(
        actor=actor,
        party=party,
        money=bill.money,
        provider=provider,
        public_id=public_id,
        asked_by_id=asked_by_id,
        contract=bill.contract,
        part=bill.part,
    )


def _asked_before(public_id: str) -> Funding | Approval | None:
    model = {"fnd": Funding, "apv": Approval}.get(public_id.partition("_")[0])
    return model.objects.get(public_id=public_id) if model else None
