"""A token opens what its person may open, in one party, until the first reason to end it."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.accounts.errors import TooManyTokens
from marketplace.accounts.models import AccessToken, Membership, Party
from marketplace.accounts.scopes import Scope
from marketplace.accounts.selectors import find_token, list_tokens
from marketplace.accounts.services.members import accept_invitation, invite_member, remove_member
from marketplace.accounts.services.privacy import request_erasure
from marketplace.accounts.services.tokens import MOST, create_token, note_use, revoke_token
from marketplace.accounts.steps.exports import gather
from marketplace.accounts.timers import erase_person
from marketplace.core import clock
from marketplace.core.actor import Actor, Role
from marketplace.core.errors import NotFound
from marketplace.core.models import Event
from marketplace.core.redaction import redact
from marketplace.core.tx import use_case
from marketplace.notifications.models import Notice, OutgoingMail
from tests.factories.people import Person, make_member, make_owner
from tests.support.relay import relay_all

pytestmark = pytest.mark.django_db


def token_of(person: Person, *scopes: str, days: int = 90) -> tuple[AccessToken, str]:
    return create_token(actor=person.actor, name=" Stock system ", scopes=scopes or ("tasks:read",), days=days)


def test_the_secret_is_shown_once_and_only_its_digest_is_kept():
    owner = make_owner()
    token, secret = token_of(owner, "tasks:write", "tasks:read")
    assert (token.name, token.scopes) == ("Stock system", ["tasks:read", "tasks:write"])
    assert find_token(secret) == token
    kept = AccessToken.objects.filter(pk=token.pk).values_list().get()
    assert secret not in str(kept)
    assert secret.startswith(token.prefix)
    assert secret[-10:] not in redact(f"Authorization: Bearer {secret}")
    event = Event.objects.get(aggregate=token.public_id)
    assert event.data == {"party": owner.party.public_id, "scopes": ["tasks:read", "tasks:write"]}


@pytest.mark.parametrize("secret", ["", "mooring_", "mooring_" + "a" * 52, "x" * 10_000, "mooring_" + "é" * 52])
def test_any_other_secret_opens_nothing(secret):
    token_of(make_owner())
    assert find_token(secret) is None


def test_it_ends_with_its_last_day():
    _token, secret = token_of(make_owner(), days=30)
    with time_machine.travel(clock.in_(days=29, hours=23)):
        assert find_token(secret) is not None
    with time_machine.travel(clock.in_(days=30, seconds=1)):
        assert find_token(secret) is None


@pytest.mark.parametrize(("scopes", "days"), [((), 90), (("contracts:sign",), 90), (("tasks:read",), 366)])
def test_what_no_form_offers_is_no_token(scopes, days):
    owner = make_owner()
    with pytest.raises(ValueError, match="not a scope"):
        create_token(actor=owner.actor, name="x", scopes=scopes, days=days)
    assert not AccessToken.objects.exists()


def test_nothing_signs_and_nothing_moves_money_out_of_a_party():
    assert not [scope for scope in Scope.values if scope.startswith(("contracts:s", "payout", "team", "refund"))]


def test_it_ends_with_the_membership_and_does_not_come_back_with_a_new_one():
    owner = make_owner()
    member = make_member(owner.party, Role.MEMBER)
    token, secret = token_of(member)
    remove_member(actor=owner.actor, user_public_id=member.user.public_id)
    assert find_token(secret) is None
    invitation = invite_member(
        actor=owner.actor, email=member.user.email, role="manager", can_sign=False, language="en"
    )
    accept_invitation(actor=Actor(user_id=member.user.pk), public_id=invitation.public_id)
    assert find_token(secret) is None
    assert [one.ended for one in list_tokens(owner.actor)] == ["left"]
    assert token.public_id == list_tokens(owner.actor).get().public_id


def test_any_way_of_changing_the_password_ends_it():
    owner = make_owner()
    _token, secret = token_of(owner)
    owner.user.set_password("another-word-for-it")
    owner.user.save()
    assert find_token(secret) is None
    assert list_tokens(owner.actor).get().ended == "password"


def test_it_ends_when_the_person_may_not_sign_in_or_the_party_is_closed():
    owner, other = make_owner(), make_owner(name="Far Tea")
    secrets = [token_of(owner)[1], token_of(other)[1]]
    owner.user.is_active = False
    owner.user.save()
    Party.objects.filter(pk=other.party.pk).update(state="closed")
    assert [find_token(secret) for secret in secrets] == [None, None]


def test_being_forgotten_revokes_it_and_takes_its_name():
    owner = make_owner()
    token, secret = token_of(owner)
    assert gather(owner.user)["access_tokens"][0]["name"] == "Stock system"
    assert secret not in str(gather(owner.user))
    request = request_erasure(actor=owner.actor)
    use_case(erase_person)(request.public_id, Actor.system("test"))
    token.refresh_from_db()
    assert (token.name, bool(token.revoked_at)) == ("", True)
    assert find_token(secret) is None


def test_an_owner_revokes_anybodys_a_member_only_her_own_and_a_stranger_none():
    owner = make_owner()
    member, other = make_member(owner.party, Role.MEMBER), make_member(owner.party, Role.MANAGER)
    token, secret = token_of(member)
    for stranger in (other, make_owner(name="Far Tea")):
        with pytest.raises(NotFound):
            revoke_token(actor=stranger.actor, public_id=token.public_id)
    assert find_token(secret) is not None
    assert not Event.objects.filter(name="token.revoked").exists()
    for _again in range(2):
        revoke_token(actor=owner.actor, public_id=token.public_id)
    assert find_token(secret) is None
    assert Event.objects.filter(name="token.revoked").count() == 1


def test_there_are_not_too_many_that_work():
    owner = make_owner()
    membership = Membership.objects.get(party=owner.party)
    token, _secret = token_of(owner)
    for number in range(MOST - 1):
        plain = {"membership": membership, "scopes": ["tasks:read"], "expires_at": clock.in_(days=1)}
        AccessToken.objects.create(digest=str(number), **plain)
    with pytest.raises(TooManyTokens):
        token_of(owner)
    revoke_token(actor=owner.actor, public_id=token.public_id)
    token_of(owner)


def test_use_is_noted_to_the_minute():
    token, _secret = token_of(make_owner())
    start = clock.now()
    with time_machine.travel(start, tick=False):
        note_use(token_id=token.pk)
    for seconds, expected in ((30, start), (61, start + timedelta(seconds=61))):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            note_use(token_id=token.pk)
        token.refresh_from_db()
        assert token.last_used_at == expected


def test_whoever_makes_one_and_the_owners_are_told():
    owner = make_owner()
    colleague = make_member(owner.party, Role.MANAGER)
    make_member(owner.party, Role.VIEWER)
    token_of(colleague)
    relay_all()
    assert {notice.user for notice in Notice.objects.filter(kind="token_created")} == {owner.user, colleague.user}
    mail = OutgoingMail.objects.filter(to=owner.user.email).latest("id")
    assert f"{colleague.user} has made an access token for {owner.party.name}" in mail.text
    assert "Stock system" in mail.text
