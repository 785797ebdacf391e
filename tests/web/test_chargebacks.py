"""A chargeback on finance's desk and on the merchant's wallet page: who reads and answers it, how a debt is paid."""

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.ledger import chart, plans
from marketplace.ledger.steps.posting import post
from marketplace.payments.forms import TopUpForm
from marketplace.payments.models import Chargeback, Debt, Evidence, Funding
from tests.factories.people import Person, make_owner
from tests.factories.world import World
from tests.web.conftest import rolled_back
from tests.web.test_admin import OUTSIDE, with_second_factor

LIST, DEBTS = reverse("admin:payments_chargeback_changelist"), reverse("admin:payments_debt_changelist")


def opened(person: Person, minor: int = 4_200) -> Chargeback:
    """As it stands once it is heard of, with a debt by it in the books."""
    funding = Funding.objects.create(
        party=person.party,
        provider="stripe",
        amount_minor=minor,
        currency="USD",
        state="failed",
        charge="ch_1",
        asked_by=person.user,
    )
    made = Chargeback.objects.create(
        party=person.party,
        funding=funding,
        provider="stripe",
        provider_chargeback="dp_1",
        charge="ch_1",
        amount_minor=minor,
        currency="USD",
        taken_currency="USD",
        state="opened",
    )
    gathered = {"uncategorized_text": "Signed as merchant by Mei."}
    made.evidence = Evidence.objects.create(chargeback=made, gathered=gathered)
    owe(made, person)
    return made


def owe(made: Chargeback, person: Person) -> None:
    debt = Debt.objects.create(
        party=person.party, why="chargeback", chargeback=made, amount_minor=made.amount_minor, currency="USD"
    )
    receivable = chart.receivable(person.party.public_id, person.party.pk)
    plan = plans.owed(debt=debt.public_id, receivable=receivable, creditor=chart.fees("stripe"), money=made.money)
    post(plan)


def answer(made: Chargeback) -> str:
    return reverse("admin:payments_chargeback_answer", args=[made.public_id])


def test_finance_reads_what_was_gathered_adds_words_and_hands_it_in(world: World):
    with rolled_back():
        made, client = opened(world.people["owner"]), with_second_factor(world, "finance_staff")
        assert "USD 42.00" in client.get(LIST).content.decode()
        assert "USD 42.00" in client.get(DEBTS).content.decode()
        page = client.get(reverse("admin:payments_chargeback_change", args=[made.pk])).content.decode()
        assert "Signed as merchant by Mei." in page
        assert answer(made) in page
        assert "Signed as merchant by Mei." in client.get(answer(made)).content.decode()
        long = client.post(answer(made), {"uncategorized_text": "x" * 20_001, "then": "hand_in"})
        assert long.status_code == 422
        assert client.post(answer(made), {"uncategorized_text": "It was hers.", "then": "keep"}).status_code == 302
        made.evidence.refresh_from_db()
        assert (made.evidence.state, made.evidence.words["uncategorized_text"]) == ("gathering", "It was hers.")
        client.post(answer(made), {"uncategorized_text": "It was hers.", "then": "hand_in"})
        made.evidence.refresh_from_db()
        asked = Event.objects.get(aggregate=made.public_id, name="evidence.asked")
        assert (made.evidence.state, asked.source, asked.actor) == (
            "submitting",
            "admin",
            world.people["finance_staff"].user,
        )
        client.post(answer(made), {"uncategorized_text": "Something else.", "then": "keep"})
        made.evidence.refresh_from_db()
        assert made.evidence.words["uncategorized_text"] == "It was hers."


@pytest.mark.parametrize("who", [*OUTSIDE, "operations", "compliance"])
def test_nobody_else_comes_near_the_answer(world: World, who: str):
    with rolled_back():
        made = opened(world.people["owner"])
        client = with_second_factor(world, who)
        for response in (client.get(answer(made)), client.post(answer(made), {"then": "hand_in"})):
            assert response.status_code in (302, 403)
        made.evidence.refresh_from_db()
        assert made.evidence.state == "gathering"


def test_the_wallet_says_what_is_owed_and_the_payment_of_it_is_one_click(world: World):
    with rolled_back():
        owner = world.people["owner"]
        opened(owner)
        client = Client()
        client.force_login(owner.user)
        page = client.get(reverse("wallet")).content.decode()
        assert "You owe USD 42.00" in page
        assert "We answer it" in page
        assert f"{reverse('top-up')}?currency=USD&amp;amount=42" in page
        stranger = make_owner("brand", "Northquay")
        client.force_login(stranger.user)
        assert "You owe" not in client.get(reverse("wallet")).content.decode()


def test_what_is_paid_to_the_cent_may_be_less_than_the_least():
    data = {"currency": "CNY", "amount": "0.15", "key": "k"}
    assert not TopUpForm(data).is_valid()
    assert TopUpForm(data, owed=[Money(15, "CNY")]).is_valid()
