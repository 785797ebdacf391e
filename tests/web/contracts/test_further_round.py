"""The pages of a further round of changes: what each side reads before it is bought, while it waits, and afterwards."""

import pytest
from django.urls import reverse

from marketplace.contracts.models import Contract, ExtraRound
from marketplace.contracts.services.work import approve
from marketplace.payments.models import ApprovalLimit, Funding
from tests.factories.funded import arrived, funded, handed_in, piece, three_pieces
from tests.factories.rounds import bought_round, reviewed
from tests.factories.world import lot_of
from tests.support.relay import relay_all
from tests.web.conftest import rolled_back


@pytest.fixture
def contract(world):
    with rolled_back():
        ApprovalLimit.objects.all().delete()  # no second person here
        yield reviewed(*(world.people[who] for who in ("owner", "anchor", "agency")))


def read(world, who: str, name: str, *args: str) -> str:
    response = world.client(who).get(reverse(name, args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def work(contract: Contract) -> str:
    return piece(contract, 2).public_id


def ask(world, who: str, contract: Contract, words: str = "Shorter."):
    return world.client(who).post(reverse("work", args=[work(contract)]), {"act": "ask_round", "words": words})


def test_price_fee_and_vat_stand_beside_the_words(world, contract):
    page = read(world, "owner", "work", work(contract))
    for figure in ("1,200.00", "60.00", "3.60", "1,263.60"):
        assert figure in page.partition('id="round"')[2].partition("</section>")[0]
    assert "all of it goes back to where it came from" in page
    assert 'value="ask_round"' in page
    assert 'value="request_changes"' not in page
    for who in ("anchor", "agency", "finance", "member", "viewer"):
        assert 'value="ask_round"' not in read(world, who, "work", work(contract))


def test_an_owner_goes_on_to_pay_and_a_manager_leaves_it_to_those_who_may(world, contract):
    response = ask(world, "manager", contract)
    assert (response.status_code, response["Location"]) == (302, reverse("work", args=[work(contract)]))
    page = read(world, "manager", "work", work(contract))
    assert "Owners and finance colleagues have been told." in page
    assert 'value="take_round_back"' in page
    asked = ExtraRound.objects.get(deliverable=piece(contract, 2))
    pay = reverse("round-pay", args=[asked.public_id])
    assert pay not in page
    assert ask(world, "owner", contract)["Location"] == pay
    assert pay in read(world, "finance", "work", work(contract))
    assert "Shorter." in read(world, "finance", "round-pay", asked.public_id)
    assert "waits for CNY 1,263.60" in read(world, "owner", "contract", contract.public_id)
    assert "waits for CNY 1,263.60" not in read(world, "anchor", "contract", contract.public_id)


def test_what_was_typed_is_not_lost_when_it_is_refused(world, contract):
    ask(world, "owner", contract)
    refused = ask(world, "owner", contract, "Something else entirely.")
    assert refused.status_code == 409
    assert "Something else entirely." in refused.content.decode()
    empty = world.client("owner").post(reverse("work", args=[work(contract)]), {"act": "ask_round", "words": ""})
    assert empty.status_code == 422
    assert ExtraRound.objects.get(deliverable=piece(contract, 2)).words == "Shorter."


def test_paid_at_the_bank_or_from_the_wallet(world, contract):
    lot_of(world.people["owner"], 126_360)
    ask(world, "owner", contract)
    asked = ExtraRound.objects.get(deliverable=piece(contract, 2))
    path = reverse("round-pay", args=[asked.public_id])
    page = world.client("owner").get(path).content.decode()
    assert "The wallet, " in page
    assert "budget" not in page
    assert world.client("owner").post(path, {"source": "reserve", "key": "k-1"}).status_code == 422
    client = world.client("owner")
    assert client.post(path, {"source": "checkout", "key": "k-2"}).status_code == 302
    funding = Funding.objects.get(part=asked.public_id)
    response = client.post(path, {"source": "wallet", "key": "k-3"})
    assert (response.status_code, response["Location"]) == (302, reverse("work", args=[work(contract)]))
    arrived(funding)
    relay_all()
    asked.refresh_from_db()
    assert (asked.state, asked.funded_by) == ("paid", "wallet")
    again = world.client("owner").get(path)
    assert (again.status_code, again["Location"]) == (302, reverse("work", args=[work(contract)]))


def test_taken_back_on_the_page(world, contract):
    ask(world, "owner", contract)
    response = world.client("manager").post(reverse("work", args=[work(contract)]), {"act": "take_round_back"})
    assert response.status_code == 302
    assert ExtraRound.objects.get(deliverable=piece(contract, 2)).state == "withdrawn"
    assert 'value="ask_round"' in read(world, "owner", "work", work(contract))
    gone = world.client("owner").post(reverse("work", args=[work(contract)]), {"act": "take_round_back"})
    assert gone.status_code == 404


def test_each_side_reads_what_it_brings_and_the_line_adds_up(world, contract):
    assert "CNY 1,200.00: CNY 1,020.00 to" in read(world, "anchor", "contract", contract.public_id)
    assert "with platform fee and VAT CNY 1,263.60" in read(world, "owner", "contract", contract.public_id)
    bought_round(world.people["owner"], contract)
    for who in ("owner", "anchor", "agency"):
        page = read(world, who, "contract", contract.public_id)
        assert "13,899.60" in page  # 12,636.00 and 1,263.60
        assert "further rounds of changes 1,263.60" in page
        assert "Every cent is accounted for" in page
    handed_in(world.people["anchor"], contract, 2)
    page = read(world, "owner", "work", work(contract))
    assert "Approving releases CNY 5,054.40" in page
    assert "Handed in again; released with this piece" in page
    assert "4,800.00" not in read(world, "owner", "work", piece(contract, 1).public_id)
    approve(actor=world.people["owner"].actor, public_id=work(contract))
    for who in ("owner", "anchor", "agency"):
        assert "Every cent is accounted for" in read(world, who, "contract", contract.public_id)


def test_a_dispute_says_the_whole_of_what_it_freezes(world, contract):
    bought_round(world.people["owner"], contract)
    assert "CNY 4,800.00 stands still" in read(world, "owner", "dispute-open", work(contract))


def test_the_page_of_an_early_end_shows_a_round_that_was_used(world, contract):
    bought_round(world.people["owner"], contract)
    handed_in(world.people["anchor"], contract, 2)
    page = read(world, "owner", "contract-end", contract.public_id)
    # The draft that is in review whole, 60 % of the other 8,400.00, and the round.
    assert "9,840.00" in page
    assert "of it for further rounds of changes" in page


def test_without_a_price_the_page_says_so(world):
    with rolled_back():
        ApprovalLimit.objects.all().delete()
        people = [world.people[who] for who in ("owner", "anchor", "agency")]
        contract = funded(*people, deal=three_pieces(revision_rounds=0))
        handed_in(people[1], contract, 2)
        page = read(world, "owner", "work", work(contract))
        assert "This contract names no price for a further one." in page
        assert 'value="ask_round"' not in page
        assert ask(world, "owner", contract).status_code == 409
        assert "None can be bought" in read(world, "anchor", "contract", contract.public_id)


def test_before_signing_she_reads_what_a_round_would_bring(world):
    page = read(world, "anchor", "contract", world.ids["contract"])
    panel = page.partition('id="rounds"')[2].partition("</section>")[0]
    for figure in ("1,200.00", "1,263.60", "180.00", "1,020.00"):
        assert figure in panel


def test_the_payees_read_what_it_was_for(world, contract):
    bought_round(world.people["owner"], contract)
    handed_in(world.people["anchor"], contract, 2)
    approve(actor=world.people["owner"].actor, public_id=work(contract))
    for name in ("earnings", "statement"):
        page = read(world, "anchor", name)
        assert "Draft · further round of changes" in page
        assert "1,020.00" in page
    answer = world.client("anchor").get(reverse("statement-file"))
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert next(row for row in rows if "further round of changes" in row).split(",")[4] == "1020.00"
