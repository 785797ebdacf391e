"""Telling the outside: signed, retried, resumed, and as wrong as planned."""

import time

from tests.support.bank import Bank
from tests.support.webhooks import Receiver

LIFE_OF_A_PAYMENT = ["checkout.created", "charge.created", "checkout.paid"]


def test_each_change_is_sent_once_and_signed(bank: Bank, receiver: Receiver) -> None:
    bank.point_webhooks_at(receiver.url)

    paid = bank.paid()
    hook = receiver.wait_for("checkout.paid")[0]

    assert hook.event["object"] == paid
    assert hook.signed_with(bank.webhook_secrets[0])
    assert not hook.signed_with("another")
    assert abs(hook.timestamp - time.time()) < 30
    for kind in LIFE_OF_A_PAYMENT:  # they may come in any order
        receiver.wait_for(kind)
    assert sorted(receiver.types()) == sorted(LIFE_OF_A_PAYMENT)
    assert [event["type"] for event in bank.events()] == LIFE_OF_A_PAYMENT


def test_rotated_secrets_sign_together(bank: Bank, receiver: Receiver) -> None:
    bank.point_webhooks_at(receiver.url, "new", "old")
    bank.checkout()

    hook = receiver.wait_for("checkout.created")[0]

    assert hook.signed_with("new")
    assert hook.signed_with("old")


def test_refused_webhook_is_tried_again(bank: Bank, receiver: Receiver) -> None:
    receiver.answers = [500, 404]
    bank.point_webhooks_at(receiver.url)
    bank.checkout()

    first, second = receiver.wait_for("checkout.created", times=2)
    bank.advance(60)
    third = receiver.wait_for("checkout.created", times=3)[2]

    assert first.event == second.event == third.event
    assert third.signed_with(bank.webhook_secrets[0])


def test_webhook_is_given_up_after_three_days(bank: Bank, receiver: Receiver) -> None:
    receiver.status = 500
    bank.point_webhooks_at(receiver.url)
    bank.checkout()
    receiver.wait_for("checkout.created")
    bank.advance(3 * 24 * 3600 + 60)
    receiver.wait_for("checkout.created", times=2)
    wait_until(lambda: bank.deliveries()[0]["status"] == "given_up")

    assert bank.deliveries()[0]["last_status"] == 500


def test_webhooks_survive_a_killed_bank(bank: Bank, receiver: Receiver) -> None:
    receiver.status = 503
    bank.point_webhooks_at(receiver.url)
    paid = bank.paid()
    receiver.wait_for("checkout.paid")
    bank.kill()
    receiver.status = 200
    receiver.hooks.clear()

    bank.start()
    bank.advance(60)

    # Killed in the middle of sending, it left claims behind: they lapse within seconds.
    assert receiver.wait_for("checkout.paid", within=30)[0].event["object"] == paid
    wait_until(lambda: all(row["status"] == "delivered" for row in bank.deliveries()), within=30)


def test_claim_of_a_killed_sender_lapses(bank: Bank, receiver: Receiver) -> None:
    bank.point_webhooks_at("")
    bank.checkout()
    with bank.connect() as connection:
        connection.execute(
            "UPDATE standin_delivery SET due_at = now(), claimed_until = now() + interval '2 seconds', attempts = 0"
        )
        bank.point_webhooks_at(receiver.url)
        claimed = time.monotonic()
    receiver.wait_for("checkout.created")

    assert time.monotonic() - claimed > 1.5


def test_lost_webhook_is_only_in_the_log(bank: Bank, receiver: Receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    bank.fault("webhook.deliver.checkout.paid", "lose")
    bank.paid()
    receiver.wait_for("charge.created")
    wait_until(lambda: all(row["status"] != "waiting" for row in bank.deliveries()))

    assert sorted(receiver.types()) == ["charge.created", "checkout.created"]
    assert [event["type"] for event in bank.events()] == LIFE_OF_A_PAYMENT


def test_events_are_read_on_from_the_last_one_known(bank: Bank) -> None:
    bank.paid()
    first, *rest = bank.events()

    answer = bank.get("/api/events", after=first["id"], limit=1).json()

    assert answer["data"] == rest[:1]
    assert answer["has_more"] is True
    assert bank.get("/api/events", after=rest[-1]["id"]).json() == {"data": [], "has_more": False}
    assert bank.get("/api/events", after="evt_unknown").status_code == 404


def test_duplicated_webhook_arrives_that_often(bank: Bank, receiver: Receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    bank.fault("webhook.deliver.checkout.paid", "duplicate:20")
    bank.paid()

    hooks = receiver.wait_for("checkout.paid", times=20)

    assert len({hook.event["id"] for hook in hooks}) == 1


def test_reordered_webhook_arrives_behind_a_later_one(bank: Bank, receiver: Receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    bank.fault("webhook.deliver.checkout.paid", "reorder")
    charge = bank.paid()["charge"]["id"]
    receiver.wait_for("charge.created")
    bank.refund(charge, 1)
    receiver.wait_for("checkout.paid")

    types = receiver.types()
    assert types.index("checkout.paid") > types.index("refund.created")


def test_delayed_webhook_waits_for_the_banks_clock(bank: Bank, receiver: Receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    bank.fault("webhook.deliver.checkout.created", "delay:3600")
    bank.paid()
    receiver.wait_for("checkout.paid")
    assert "checkout.created" not in receiver.types()

    bank.advance(3600)

    receiver.wait_for("checkout.created")


def test_signature_faults_are_what_a_receiver_must_refuse(bank: Bank, receiver: Receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    bank.fault("webhook.deliver.checkout.created", "bad_signature")
    bank.fault("webhook.deliver.charge.created", "old_timestamp:600")
    bank.paid()

    forged = receiver.wait_for("checkout.created")[0]
    old = receiver.wait_for("charge.created")[0]

    assert not forged.signed_with(bank.webhook_secrets[0])
    assert old.signed_with(bank.webhook_secrets[0])
    assert 590 < time.time() - old.timestamp < 630


def wait_until(condition, within: float = 10.0) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
