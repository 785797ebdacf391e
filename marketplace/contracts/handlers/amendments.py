"""A change of a contract: whoever must sign or pay it is told, and all of what became of it."""

from marketplace.accounts.models import User
from marketplace.contracts.events import AmendmentClosed, AmendmentInForce, AmendmentProposed, AmendmentToPay
from marketplace.contracts.handlers.signing import signatories
from marketplace.contracts.handlers.telling import day_in, facts, others, payers, readers, sides
from marketplace.contracts.machine import AmendmentState
from marketplace.contracts.models import Amendment, Capacity
from marketplace.contracts.selectors.amendments import amendment_signers
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import mail_to, notify

CLOSED = {
    "declined": "amendment_declined",
    "withdrawn": "amendment_withdrawn",
    "lapsed": "amendment_lapsed",
    "overtaken": "amendment_overtaken",
}


@handles(AmendmentProposed)
def ask_for_signatures(event: Event) -> None:
    """All who sign, the one who proposed it too; a guardian, who need not have an account, by mail."""
    amendment = of(event)
    contract = amendment.contract
    said = facts(contract) | {"name": amendment.proposed_by.name, "sign_by": day_in(contract, amendment.sign_by)}
    for signer in amendment_signers(amendment):
        if signer.capacity == Capacity.GUARDIAN:
            known = User.objects.filter(email__iexact=contract.guardian_email).first()
            language = known.language if known else contract.governing_language
            mail_to(contract.guardian_email, language, "amendment_to_sign", facts=said, path=path(amendment))
        else:
            party = next(side for side in sides(contract) if side.pk == signer.party_id)
            notify(signatories(party), "amendment_to_sign", facts=said, path=path(amendment), party=party)


@handles(AmendmentToPay)
def ask_for_payment(event: Event) -> None:
    amendment = of(event)
    if amendment.state != AmendmentState.AWAITING_FUNDS:
        return
    contract = amendment.contract
    pay_by = day_in(contract, amendment.fund_by)
    said = facts(contract) | {"amount": str(amendment.pays), "pay_by": pay_by}
    notify(payers(contract.merchant), "amendment_to_pay", facts=said, path=path(amendment), party=contract.merchant)


@handles(AmendmentInForce)
def tell_in_force(event: Event) -> None:
    tell(of(event), sides, "amendment_in_force")


@handles(AmendmentClosed)
def tell_closed(event: Event) -> None:
    """The others, or all when the clock did it, in the words of whoever declined."""
    amendment = of(event)
    tell(amendment, lambda contract: others(contract, event), CLOSED[event.data["how"]])


def tell(amendment: Amendment, whom, kind: str) -> None:
    contract = amendment.contract
    for party in whom(contract):
        notify(readers(party), kind, facts=facts(contract), path=path(amendment), party=party)


def of(event: Event) -> Amendment:
    related = [f"contract__{side}" for side in ("merchant", "anchor", "agency")]
    return Amendment.objects.select_related(*related, "proposed_by").get(public_id=event.data["amendment"])


def path(amendment: Amendment) -> str:
    return f"/changes/{amendment.public_id}/"
