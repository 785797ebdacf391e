"""Spending by campaign: what was paid in is with the payees, protected, or back; never another's."""

from django.urls import reverse

from marketplace.campaigns.selectors.spending import Spending, spending_of
from marketplace.contracts.models import Contract
from marketplace.contracts.services.work import approve, request_changes
from marketplace.core.money import Money
from marketplace.payments.models import ApprovalLimit
from tests.factories.deals import sign_as
from tests.factories.funded import arrived, asked_to_pay, handed_in
from tests.factories.rounds import bought_round
from tests.support.relay import relay_all
from tests.web.conftest import rolled_back


def test_a_paid_contract_adds_up_in_its_campaign(world):
    owner, anchor = world.people["owner"], world.people["anchor"]
    contract = Contract.objects.get(public_id=world.ids["contract"])
    with rolled_back():
        ApprovalLimit.objects.all().delete()  # no second person here
        for who in ("owner", "agency"):
            sign_as(world.people[who], contract)
        arrived(asked_to_pay(owner, contract, key="spending"))
        relay_all()
        draft = handed_in(anchor, contract, 1)
        approve(actor=owner.actor, public_id=draft.public_id)
        (row,) = spending_of(owner.actor)
        assert row == Spending(
            campaign="",
            contracts=1,
            paid_in=Money(1_263_600, "CNY"),
            to_payees=Money(360_000, "CNY"),
            fees=Money(19_080, "CNY"),
            back=Money(0, "CNY"),
        )
        assert row.protected == Money(884_520, "CNY")
        page = world.client("owner").get(reverse("spending")).content.decode()
        assert "8,845.20" in page
        assert "8,845.20" not in world.client("stranger").get(reverse("spending")).content.decode()
        assert spending_of(anchor.actor) == []


def test_a_further_round_that_was_bought_is_spent_too(world):
    owner, anchor = world.people["owner"], world.people["anchor"]
    contract = Contract.objects.get(public_id=world.ids["contract"])
    with rolled_back():
        ApprovalLimit.objects.all().delete()  # no second person here
        for who in ("owner", "agency"):
            sign_as(world.people[who], contract)
        arrived(asked_to_pay(owner, contract, key="spending"))
        relay_all()
        assert contract.extra_round.gross_minor == 120_000  # nobody named another price
        for words in ("Shorter.", "Shorter still."):
            draft = handed_in(anchor, contract, 1)
            request_changes(actor=owner.actor, public_id=draft.public_id, words=words)
        handed_in(anchor, contract, 1)
        bought_round(owner, contract, 1)
        handed_in(anchor, contract, 1)
        approve(actor=owner.actor, public_id=draft.public_id)
        (row,) = spending_of(owner.actor)
        assert (row.contracts, row.paid_in) == (1, Money(1_263_600 + 126_360, "CNY"))
        assert (row.to_payees, row.fees) == (Money(360_000 + 120_000, "CNY"), Money(19_080 + 6_360, "CNY"))
        assert row.protected == Money(884_520, "CNY")


def test_the_page_of_a_merchant_without_any(world):
    assert "Nothing has been paid in yet" in world.client("stranger").get(reverse("spending")).content.decode()
