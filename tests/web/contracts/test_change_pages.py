"""The pages of a change: proposed in words, read by each side, signed, paid, taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.contracts.models import Amendment
from tests.factories.amendments import agreed, proposed, signs
from tests.factories.funded import funded, three_pieces
from tests.factories.world import lot_of
from tests.web.conftest import rolled_back


@pytest.fixture
def contract(world):
    with rolled_back():
        yield funded(*sides(world), deal=three_pieces(fee_minor=100_000))


def sides(world):
    return [world.people[who] for who in ("owner", "anchor", "agency")]


def read(world, who: str, name: str, *args: str) -> str:
    response = world.client(who).get(reverse(name, args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def typed(contract, **other: str) -> dict[str, str]:
    deal = contract.deal
    plain = {"fee": "1,000.00", "publish_from": str(deal.publish_from), "publish_until": str(deal.publish_until)}
    due = {f"due_{place}": str(item.due_on) for place, item in enumerate(deal.deliverables, start=1)}
    return plain | due | other


def propose(world, who: str, contract, **other: str):
    return world.client(who).post(reverse("amend", args=[contract.public_id]), typed(contract, **other))


def test_the_form_begins_with_what_is_in_force_and_loses_nothing_typed(world, contract):
    page = read(world, "anchor", "amend", contract.public_id)
    assert 'value="1,000.00"' in page
    for item in contract.deal.deliverables:
        assert f'value="{item.due_on.isoformat()}"' in page
    assert "Nothing differs from what is in force." in propose(world, "anchor", contract).content.decode()
    late = str(contract.deal.publish_until + timedelta(days=3))
    response = propose(world, "anchor", contract, due_3=late, words="The tea <b>is late</b>.")
    assert response.status_code == 422
    said = response.content.decode()
    assert "A deliverable is due after the publishing window." in said
    assert f'value="{late}"' in said
    assert "The tea &lt;b&gt;is late&lt;/b&gt;." in said
    assert not Amendment.objects.filter(contract=contract).exists()


def test_a_change_goes_from_the_form_to_all_signatures_and_the_payment(world, contract):
    response = propose(world, "anchor", contract, fee="1,100", words="Two <i>more</i> brews.")
    change = Amendment.objects.get(contract=contract)
    assert response["Location"] == reverse("amendment", args=[change.public_id])
    page = read(world, "owner", "amendment", change.public_id)
    for said in ("CNY 1,000.00", "CNY 1,100.00", "105.30", "Two &lt;i&gt;more&lt;/i&gt; brews.", "Read and sign"):
        assert said in page
    assert "Take it back" not in page
    assert "Take it back" in read(world, "anchor", "amendment", change.public_id)
    room = read(world, "owner", "contract", contract.public_id)
    assert reverse("amendment", args=[change.public_id]) in room
    again = world.client("owner").get(reverse("amend", args=[contract.public_id]))
    assert again["Location"] == reverse("amendment", args=[change.public_id])

    document = change.documents.get(governs=True).sha256
    sign_url = reverse("amendment-sign", args=[change.public_id])
    for who in ("owner", "anchor", "agency"):
        assert document in read(world, who, "amendment-sign", change.public_id)
        body = {"document": document, "typed": "Mei", "read": "on"}
        assert world.client(who).post(sign_url, {"document": document}).status_code == 422
        assert world.client(who).post(sign_url, body).status_code == 302
    change.refresh_from_db()
    assert change.state == "awaiting_funds"
    pay = reverse("amendment-pay", args=[change.public_id])
    assert pay in read(world, "owner", "amendment", change.public_id)
    assert pay not in read(world, "anchor", "amendment", change.public_id)
    lot_of(world.people["owner"], 20_000)
    assert "105.30" in read(world, "owner", "amendment-pay", change.public_id)
    paid = world.client("owner").post(pay, {"source": "wallet", "key": "one"})
    assert paid.status_code == 302
    change.refresh_from_db()
    assert change.state == "in_force"
    assert "1,100.00" in read(world, "anchor", "contract", contract.public_id)
    assert world.client("owner").get(pay)["Location"] == reverse("amendment", args=[change.public_id])
    text = world.client("agency").get(reverse("amendment-document", args=[change.public_id, "en"]))
    assert "until now CNY 1,000.00" in text.content.decode()
    assert world.client("agency").get(reverse("amendment-document", args=[change.public_id, "fr"])).status_code == 404


def test_declined_and_taken_back_from_the_page(world, contract):
    owner, anchor, agency = sides(world)
    change = proposed(owner, contract, fee_minor=90_000)
    assert "I do not want this change" not in read(world, "owner", "amendment", change.public_id)
    assert "I do not want this change" in read(world, "anchor", "amendment", change.public_id)
    decline = reverse("amendment-decline", args=[change.public_id])
    assert world.client("anchor").post(decline, {"words": "No."}).status_code == 302
    assert "the contract stays as it is" in read(world, "owner", "amendment", change.public_id)
    assert world.client("anchor").post(decline).status_code == 302
    second = agreed(proposed(owner, contract, fee_minor=110_000), owner, anchor, agency)
    withdraw = reverse("amendment-withdraw", args=[second.public_id])
    assert world.client("owner").post(withdraw).status_code == 302
    second.refresh_from_db()
    assert second.state == "withdrawn"


def test_a_lower_fee_says_what_goes_back(world, contract):
    owner, *others = sides(world)
    change = proposed(owner, contract, fee_minor=90_000)
    page = read(world, "anchor", "amendment", change.public_id)
    assert "What goes back" in page
    assert "105.30" in page
    for person in (owner, *others):
        signs(person, change)
    assert "The difference goes back to where it came from." in read(world, "anchor", "amendment", change.public_id)
