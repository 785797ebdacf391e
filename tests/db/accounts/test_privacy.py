import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress

from marketplace.accounts.errors import ErasureBlocked
from marketplace.accounts.models import DataExport, Membership, User
from marketplace.accounts.services.privacy import request_erasure, request_export, withdraw_erasure
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.models import Event
from marketplace.core.timers.fire import fire_due
from tests.db.ledger.conftest import post_now, top_up
from tests.factories.people import make_member, make_owner
from tests.support.relay import relay_all


@pytest.mark.django_db
def test_a_copy_holds_what_we_hold_and_is_gone_after_seven_days():
    owner = make_owner()
    export = request_export(actor=owner.actor)
    assert request_export(actor=owner.actor).pk == export.pk
    relay_all()
    export.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(bytes(export.content))) as archive:
        assert {"account.json", "consents.json", "memberships.json", "legal_entities.json"} <= set(archive.namelist())
        assert json.loads(archive.read("account.json"))["email"] == owner.user.email
        assert json.loads(archive.read("memberships.json"))[0]["party__name"] == owner.party.name
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        fire_due()
    export.refresh_from_db()
    assert (export.state, export.content) == ("expired", None)


@pytest.mark.django_db
def test_erasure_takes_what_is_personal_and_keeps_what_the_law_keeps():
    owner = make_owner()
    request_export(actor=owner.actor)
    relay_all()
    events = Event.objects.count()
    request_erasure(actor=owner.actor)
    email = owner.user.email
    with time_machine.travel(clock.now() + timedelta(days=14, minutes=1)):
        fire_due()
    user = User.objects.get(pk=owner.user.pk)
    assert (user.name, user.is_active, user.has_usable_password()) == ("", False, False)
    assert user.email == f"{user.public_id}@erased.invalid"
    assert not EmailAddress.objects.filter(email=email).exists()
    assert not Membership.objects.filter(user=user, removed_at=None).exists()
    assert DataExport.objects.get(user=user).content is None
    assert Event.objects.count() > events
    assert not Event.objects.filter(data__icontains=email).exists()


@pytest.mark.django_db
def test_erasure_can_be_taken_back():
    owner = make_owner()
    request_erasure(actor=owner.actor)
    withdraw_erasure(actor=owner.actor)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        fire_due()
    assert User.objects.get(pk=owner.user.pk).is_active


@pytest.mark.django_db
def test_erasure_waits_while_others_need_the_owner_or_money_is_in_the_wallet():
    from marketplace.ledger import chart

    owner = make_owner()
    member = make_member(owner.party, Role.MEMBER)
    with pytest.raises(ErasureBlocked):
        request_erasure(actor=owner.actor)
    request_erasure(actor=member.actor)
    rich = make_owner(name="Saltlight")
    post_now(top_up(chart.wallet(rich.party.public_id, rich.party.pk), 100))
    with pytest.raises(ErasureBlocked):
        request_erasure(actor=rich.actor)
