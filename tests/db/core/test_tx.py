import pytest
from django.db import OperationalError, connection, transaction

from marketplace.accounts.models import Party
from marketplace.core.actor import Actor
from marketplace.core.errors import KeyReused
from marketplace.core.idempotency import seen
from marketplace.core.locks import LockOutOfOrder, lock
from marketplace.core.models import IdempotentRequest
from marketplace.core.tx import OutsideTransaction, step, use_case
from tests.factories.people import make_owner


def test_a_use_case_inside_a_use_case_is_refused(committed_db):
    @use_case
    def inner() -> None:
        pass

    @use_case
    def outer() -> None:
        inner()

    with pytest.raises(RuntimeError, match="durable"):
        outer()


def test_a_step_alone_is_refused(committed_db):
    @step
    def lonely() -> None:
        pass

    with pytest.raises(OutsideTransaction):
        lonely()


@pytest.mark.django_db
def test_locks_are_taken_in_one_order():
    @use_case
    def backwards() -> None:
        lock(Party.objects.none(), "party")
        lock(Party.objects.none(), "user")

    with pytest.raises(LockOutOfOrder, match="user after party"):
        backwards()


@pytest.mark.django_db
def test_the_same_key_brings_the_first_result_and_another_request_is_refused():
    actor = make_owner().actor

    @use_case
    def once(request: dict, result: str) -> str | None:
        return seen(actor=actor, operation="buy", key="k", request=request, result=result)

    assert once({"a": 1}, "first") is None
    assert once({"a": 1}, "second") == "first"
    with pytest.raises(KeyReused):
        once({"a": 2}, "third")
    assert IdempotentRequest.objects.count() == 1


def test_a_deadlock_is_tried_again_and_reaches_nobody(committed_db):
    tries = []

    @use_case
    def unlucky_twice() -> str:
        tries.append(1)
        if len(tries) < 3:
            with connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE deadlock_detected; END $$")
        return "done"

    assert unlucky_twice() == "done"
    assert len(tries) == 3


def test_what_does_not_get_better_by_trying_again_is_not_tried_again(committed_db):
    tries = []

    @use_case
    def broken() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE lock_not_available; END $$")

    with pytest.raises(OperationalError):
        broken()
    assert len(tries) == 1


@pytest.mark.django_db
def test_a_system_actor_has_no_party_and_is_nobody_in_particular():
    actor = Actor.system("clock")
    assert actor.is_system
    assert actor.party_id is None
    assert transaction.get_connection().in_atomic_block
