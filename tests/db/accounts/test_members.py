from datetime import timedelta
from functools import partial

import pytest
import time_machine

from marketplace.accounts.errors import (
    AlreadyMember,
    AnchorIsOnePerson,
    InvitationClosed,
    InvitationForSomebodyElse,
    LastOwner,
)
from marketplace.accounts.models import Invitation, Membership
from marketplace.accounts.services.members import (
    accept_invitation,
    change_role,
    invite_member,
    remove_member,
    revoke_invitation,
)
from marketplace.core import clock
from marketplace.core.actor import Actor, Role
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.models import Event
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import OutgoingMail
from tests.factories.people import make_member, make_owner, make_user
from tests.support.races import race
from tests.support.relay import relay_all

in_database = pytest.mark.django_db


def invite(owner, email="anna@example.com", role=Role.FINANCE):
    return invite_member(actor=owner.actor, email=email, role=role, can_sign=False, language="en")


@in_database
def test_an_invitation_is_mailed_accepted_and_gives_the_role():
    owner = make_owner()
    invitation = invite(owner, "Anna@Example.com")
    relay_all()
    mail = OutgoingMail.objects.get(to="anna@example.com")
    assert f"/join/{invitation.public_id}/" in mail.text
    anna = make_user("Anna", "anna@example.com")
    membership = accept_invitation(actor=Actor(user_id=anna.pk), public_id=invitation.public_id)
    assert (membership.party, membership.role) == (owner.party, Role.FINANCE)
    relay_all()
    assert OutgoingMail.objects.filter(to=owner.user.email, subject__contains="Anna").exists()


@in_database
def test_only_the_invited_address_may_accept():
    invitation = invite(make_owner())
    stranger = make_user("Stranger")
    with pytest.raises(InvitationForSomebodyElse):
        accept_invitation(actor=Actor(user_id=stranger.pk), public_id=invitation.public_id)
    assert not Membership.objects.filter(user=stranger).exists()


@in_database
def test_a_second_invitation_closes_the_first():
    owner = make_owner()
    first, second = invite(owner), invite(owner, role=Role.VIEWER)
    anna = Actor(user_id=make_user("Anna", "anna@example.com").pk)
    with pytest.raises(InvitationClosed):
        accept_invitation(actor=anna, public_id=first.public_id)
    assert accept_invitation(actor=anna, public_id=second.public_id).role == Role.VIEWER


@in_database
def test_an_invitation_expires_after_seven_days_and_can_be_withdrawn():
    owner = make_owner()
    invitation, other = invite(owner), invite(owner, "ben@example.com")
    revoke_invitation(actor=owner.actor, public_id=other.public_id)
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        assert fire_due() == 1
    states = dict(Invitation.objects.values_list("public_id", "state"))
    assert states == {invitation.public_id: "expired", other.public_id: "revoked"}


@in_database
@pytest.mark.parametrize("role", [Role.MANAGER, Role.FINANCE, Role.MEMBER, Role.VIEWER])
def test_only_an_owner_changes_the_team(role):
    owner = make_owner()
    person, target = make_member(owner.party, role), make_member(owner.party, Role.MEMBER)
    before = Event.objects.count()
    with pytest.raises(Forbidden):
        invite(person)
    with pytest.raises(Forbidden):
        change_role(actor=person.actor, user_public_id=target.user.public_id, role=Role.OWNER, can_sign=True)
    with pytest.raises(Forbidden):
        change_role(actor=person.actor, user_public_id=person.user.public_id, role=Role.OWNER, can_sign=True)
    with pytest.raises(Forbidden):
        remove_member(actor=person.actor, user_public_id=target.user.public_id)
    assert Event.objects.count() == before
    assert Membership.objects.get(user=person.user).role == role


@in_database
def test_a_member_of_another_party_is_not_even_there():
    owner, stranger = make_owner(), make_owner(name="Somebody Else")
    with pytest.raises(NotFound):
        remove_member(actor=owner.actor, user_public_id=stranger.user.public_id)
    with pytest.raises(NotFound):
        revoke_invitation(actor=owner.actor, public_id=invite(stranger).public_id)


@in_database
def test_anyone_may_leave_but_the_last_owner():
    owner = make_owner()
    viewer = make_member(owner.party, Role.VIEWER)
    remove_member(actor=viewer.actor, user_public_id=viewer.user.public_id)
    with pytest.raises(LastOwner):
        remove_member(actor=owner.actor, user_public_id=owner.user.public_id)
    with pytest.raises(LastOwner):
        change_role(actor=owner.actor, user_public_id=owner.user.public_id, role=Role.VIEWER, can_sign=False)
    assert list(Membership.objects.filter(removed_at=None).values_list("user_id", flat=True)) == [owner.user.pk]


@in_database
def test_the_right_to_sign_is_given_by_name_and_only_to_managers():
    owner = make_owner()
    manager, viewer = make_member(owner.party, Role.MANAGER), make_member(owner.party, Role.VIEWER)
    for person, role, expected in ((manager, Role.MANAGER, True), (viewer, Role.VIEWER, False)):
        changed = change_role(actor=owner.actor, user_public_id=person.user.public_id, role=role, can_sign=True)
        assert changed.can_sign is expected


@in_database
def test_nobody_is_invited_into_an_anchor_or_twice():
    with pytest.raises(AnchorIsOnePerson):
        invite(make_owner("anchor", "Xia Wei"))
    owner = make_owner()
    member = make_member(owner.party, Role.MEMBER)
    with pytest.raises(AlreadyMember):
        invite(owner, member.user.email)


def test_two_owners_who_leave_at_once_do_not_leave_the_party_alone(committed_db):
    owner = make_owner()
    second = make_member(owner.party, Role.OWNER)
    results = race(
        partial(remove_member, actor=owner.actor, user_public_id=owner.user.public_id),
        partial(remove_member, actor=second.actor, user_public_id=second.user.public_id),
    )
    assert sum(isinstance(result, LastOwner) for result in results) == 1
    assert Membership.objects.filter(party=owner.party, role=Role.OWNER, removed_at=None).count() == 1
