"""Disputes: the money leaves with a fee, evidence goes in, and the card's bank decides."""

import pytest
import stripe

from tests.db.payments.standin.stripe.test_paying import wait_for
from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi

FEE = 1_500
CHARGED = [("charge", 100_000, 2_930)]


def disputed(api: StripeApi, bank: Bank, **fields: object):
    charge = api.charge()
    return api.v1.disputes.retrieve(bank.dispute(charge.id, **fields)["id"], {"expand": ["charge"]})


def test_dispute_takes_the_money_and_a_fee(api: StripeApi, bank: Bank) -> None:
    dispute = disputed(api, bank, reason="fraudulent")

    assert (dispute.status, dispute.amount, dispute.reason) == ("needs_response", 100_000, "fraudulent")
    assert dispute.charge.disputed is True
    assert dispute.evidence_details.due_by - dispute.created == 7 * 24 * 3600
    assert [(line.amount, line.fee, line.net) for line in dispute.balance_transactions] == [(-100_000, FEE, -101_500)]
    assert sum(api.balance()) == 97_070 - 100_000 - FEE
    assert api.lines() == [*CHARGED, ("adjustment", -100_000, FEE)]
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.refunds.create({"charge": dispute.charge.id})
    assert refusal.value.code == "charge_disputed"
    assert [item.id for item in api.v1.disputes.list({"charge": dispute.charge.id}).data] == [dispute.id]


@pytest.mark.parametrize(("how", "status", "back"), [("win", "won", 100_000), ("lose", "lost", 0)])
def test_answered_dispute_is_decided_by_the_cards_bank(
    api: StripeApi, bank: Bank, how: str, status: str, back: int
) -> None:
    dispute = disputed(api, bank)
    draft = api.v1.disputes.update(dispute.id, {"evidence": {"product_description": "A film"}, "submit": False})
    assert (draft.status, draft.evidence_details.submission_count) == ("needs_response", 0)
    handed_in = api.v1.disputes.update(dispute.id, {"evidence": {"customer_name": "Chenyu"}, "metadata": {"a": "b"}})
    assert (handed_in.status, handed_in.evidence_details.submission_count) == ("under_review", 1)
    assert (handed_in.evidence.product_description, handed_in.evidence.customer_name) == ("A film", "Chenyu")
    assert handed_in.metadata.to_dict() == {"a": "b"}

    bank.decide(dispute.id, how)

    assert api.v1.disputes.retrieve(dispute.id).status == status
    assert sum(api.balance()) == -4_430 + back
    told = [event.type for event in api.events() if event.type.startswith("charge.dispute")]
    assert told == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.dispute.updated",
        "charge.dispute.closed",
        *(["charge.dispute.funds_reinstated"] if back else []),
    ]
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.disputes.update(dispute.id, {"evidence": {"customer_name": "again"}})
    assert bank.client.post(f"/_disputes/{dispute.id}", json={"how": "win"}, headers=bank._auth()).status_code == 409
    assert sum(api.balance()) == -4_430 + back


@pytest.mark.parametrize(("words", "status"), [("winning_evidence", "won"), ("losing_evidence", "lost")])
def test_stripes_own_test_words_decide_at_once(api: StripeApi, bank: Bank, words: str, status: str) -> None:
    dispute = disputed(api, bank)
    assert api.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": words}}).status == status


def test_unanswered_dispute_is_lost_in_time(api: StripeApi, bank: Bank) -> None:
    dispute = disputed(api, bank)
    bank.advance(7 * 24 * 3600 - 60)
    assert api.v1.disputes.retrieve(dispute.id).status == "needs_response"
    bank.advance(120)
    wait_for(api, "charge.dispute.closed")

    lost = api.v1.disputes.retrieve(dispute.id)
    assert (lost.status, lost.evidence_details.past_due) == ("lost", True)
    assert sum(api.balance()) == -4_430


def test_dispute_of_part_after_a_refund_takes_no_more_than_is_left(api: StripeApi, bank: Bank) -> None:
    charge = api.charge()
    api.v1.refunds.create({"charge": charge.id, "amount": 60_000})
    too_much = bank.client.post("/_disputes", json={"charge": charge.id, "amount_minor": 40_001}, headers=bank._auth())
    assert too_much.status_code == 409
    assert sum(api.balance()) == 37_070

    assert bank.dispute(charge.id)["amount"] == 40_000
    assert sum(api.balance()) == 37_070 - 40_000 - FEE
    twice = bank.client.post("/_disputes", json={"charge": charge.id}, headers=bank._auth())
    assert twice.status_code == 409


def test_a_charge_is_disputed_again_of_what_no_other_dispute_holds(api: StripeApi, bank: Bank) -> None:
    charge = api.charge().id
    first, rest = bank.dispute(charge, amount_minor=30_000), bank.dispute(charge)
    assert (first["amount"], rest["amount"], sum(api.balance())) == (30_000, 70_000, -2_930 - 2 * FEE)
    assert not bank.press("/_disputes", charge=charge)

    bank.decide(rest["id"], "win")

    assert bank.dispute(charge)["amount"] == 70_000
    bank.decide(first["id"], "lose")
    assert {item.status for item in api.v1.disputes.list({"charge": charge}).data} == {"lost", "won", "needs_response"}
    assert sum(api.balance()) == -2_930 - 3 * FEE
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.refunds.create({"charge": charge})


def test_dispute_after_release_is_the_platforms_loss_until_the_transfer_comes_back(api: StripeApi, bank: Bank) -> None:
    charge, account = api.charge(), api.account()
    transfer = api.transfer(account, 90_000, charge=charge.id)
    bank.dispute(charge.id)
    assert sum(api.balance()) == 97_070 - 90_000 - 101_500

    api.v1.transfers.reversals.create(transfer.id, {})

    assert sum(api.balance()) == -4_430
    assert api.balance(account) == (0, 0)


def test_unknown_evidence_is_refused(api: StripeApi, bank: Bank) -> None:
    dispute = disputed(api, bank)
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.disputes.update(dispute.id, {"evidence": {"alibi": "x"}})
    assert (refusal.value.param, refusal.value.code) == ("evidence[alibi]", "parameter_unknown")
    assert api.v1.disputes.retrieve(dispute.id).evidence_details.has_evidence is False


def test_button_on_the_statement_opens_a_dispute_once(api: StripeApi, bank: Bank) -> None:
    charge = api.charge()
    page = bank.client.get("/statement", params={"payee": "acquirer"})
    assert page.text.count(f'value="{charge.id}"') == 1
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    for _ in range(2):
        bank.client.post("/disputes/open", data={"csrfmiddlewaretoken": token, "charge": charge.id})

    after = bank.client.get("/statement", params={"payee": "acquirer", "lang": "zh-hans"})
    assert f'value="{charge.id}"' not in after.text
    assert "持卡人拒付" in after.text
    assert api.lines() == [*CHARGED, ("adjustment", -100_000, FEE)]
