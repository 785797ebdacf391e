"""What follows from a chargeback and from a debt: our answer goes out, money that is free settles, people are told."""

from marketplace.accounts.models import Party
from marketplace.core.actor import Actor, Source
from marketplace.core.locks import lock
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify
from marketplace.payments.events import (
    ChargebackClosed,
    ChargebackContradicted,
    ChargebackOpened,
    ChargebackReinstated,
    ChargebackTaken,
    DebtArose,
    DebtSettled,
    EvidenceAsked,
    EvidenceRefused,
    EvidenceReminded,
    FundingPaid,
    RefundReturned,
    WalletRefilled,
)
from marketplace.payments.flows.chargebacks import submit_evidence
from marketplace.payments.handlers.telling import tell
from marketplace.payments.models import Chargeback, Debt, Funding, Refund
from marketplace.payments.selectors.finance import finance_staff
from marketplace.payments.steps.debts import settle_from_wallet

SYSTEM = Actor.system("payments", Source.SYSTEM)
# By how it ended: what the merchant reads, and our staff.
CLOSED = {
    "won": ("chargeback_won", "staff_chargeback_won"),
    "lost": ("chargeback_lost", "staff_chargeback_lost"),
    "closed": ("chargeback_closed", "staff_chargeback_closed"),
}
AROSE = {
    Debt.Why.CHARGEBACK: "debt_arose_chargeback",
    Debt.Why.CHARGEBACK_FEE: "debt_arose_chargeback_fee",
}  # of a transfer that was taken back its payee is told with the reason


@handles(EvidenceAsked, reaches_outside=True)
def take_evidence_to_provider(event: Event) -> None:
    submit_evidence(event.aggregate)


@handles(FundingPaid)
def settle_out_of_a_top_up(event: Event) -> None:
    """What a merchant owes comes first."""
    party = Funding.objects.values_list("party__public_id", flat=True).get(public_id=event.aggregate)
    _settle(party, event.data["currency"])


@handles(RefundReturned)
def settle_out_of_a_refund_that_came_back(event: Event) -> None:
    refund = Refund.objects.select_related("party").get(public_id=event.aggregate)
    _settle(refund.party.public_id, refund.currency)


@handles(DebtArose)
def settle_out_of_what_is_free(event: Event) -> None:
    _settle(event.aggregate, event.data["currency"])


@handles(WalletRefilled)
def settle_out_of_what_is_free_again(event: Event) -> None:
    _settle(event.data["party"], event.data["currency"])


def _settle(party_public_id: str, currency: str) -> None:
    for party in lock(Party.objects.filter(public_id=party_public_id), "party"):
        settle_from_wallet(party, currency, by=SYSTEM)


@handles(ChargebackOpened)
def tell_of_a_chargeback(event: Event) -> None:
    chargeback = _get(event)
    kind = "chargeback_inquired" if event.data["is_inquiry"] else "chargeback_opened"
    tell(chargeback.party, kind, _facts(chargeback), "/wallet/#chargebacks")
    _tell_finance(chargeback, "staff_chargeback_to_answer")


@handles(ChargebackTaken)
def tell_finance_of_an_unmatched_one(event: Event) -> None:
    if event.data["unmatched_minor"]:
        unmatched = Money(event.data["unmatched_minor"], event.data["currency"])
        _tell_finance(_get(event), "staff_chargeback_unmatched", amount=str(unmatched))


@handles(ChargebackReinstated)
def tell_of_money_that_came_back(event: Event) -> None:
    chargeback = _get(event)
    amount = str(Money(event.data["amount_minor"], event.data["currency"]))
    tell(chargeback.party, "chargeback_reinstated", _facts(chargeback) | {"amount": amount}, "/wallet/")


@handles(ChargebackClosed)
def tell_how_it_ended(event: Event) -> None:
    chargeback, (kind, staff_kind) = _get(event), CLOSED[event.data["how"]]
    tell(chargeback.party, kind, _facts(chargeback), "/wallet/")
    _tell_finance(chargeback, staff_kind)


@handles(ChargebackContradicted)
def tell_finance_of_a_contradiction(event: Event) -> None:
    _tell_finance(_get(event), "staff_chargeback_contradicted")


@handles(EvidenceReminded)
def remind_finance(event: Event) -> None:
    _tell_finance(_get(event), "staff_evidence_last_day" if event.data["days"] <= 1 else "staff_evidence_soon")


@handles(EvidenceAsked)
def tell_finance_of_the_clock(event: Event) -> None:
    if event.data["by_clock"]:
        _tell_finance(_get(event), "staff_evidence_by_clock")


@handles(EvidenceRefused)
def tell_finance_of_a_refusal(event: Event) -> None:
    _tell_finance(_get(event), "staff_evidence_refused")


@handles(DebtArose)
def tell_of_a_debt(event: Event) -> None:
    if (why := Debt.Why(event.data["why"])) not in AROSE:
        return
    party = Party.objects.get(public_id=event.aggregate)
    amount = str(Money(event.data["amount_minor"], event.data["currency"]))
    tell(party, AROSE[why], {"amount": amount}, "/wallet/#debts")


@handles(DebtSettled)
def tell_of_a_settlement(event: Event) -> None:
    party, currency = Party.objects.get(public_id=event.aggregate), event.data["currency"]
    left = event.data["left_minor"]
    facts = {"amount": str(Money(event.data["amount_minor"], currency)), "left": str(Money(left, currency))}
    tell(party, "debt_settled_in_part" if left else "debt_settled", facts, "/wallet/#debts")


def _get(event: Event) -> Chargeback:
    return Chargeback.objects.select_related("party").get(public_id=event.aggregate)


def _facts(chargeback: Chargeback) -> dict[str, object]:
    due = chargeback.due_at
    return {
        "amount": str(chargeback.money),
        "merchant": chargeback.party.name,
        "due_on": due.date().isoformat() if due else "–",
    }


def _tell_finance(chargeback: Chargeback, kind: str, **more: object) -> None:
    path = f"/admin/payments/chargeback/{chargeback.pk}/change/"
    notify(finance_staff(), kind, facts=_facts(chargeback) | more, path=path)
