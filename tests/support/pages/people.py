"""Somebody of every kind, each with a browser that is signed in, or as far as she has come."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from marketplace.core import clock
from supply.services.profile import save_profile as save_supplier
from tests.factories.people import PASSWORD, make_owner, make_user
from tests.factories.world import World
from tests.support.pages.passkey import add_passkey

STAFF = ("operations", "finance_staff", "compliance")
SIDES = ("owner", "anchor", "agency", "supplier")
# On the way in: signed out for every page but the one that they are at.
ON_THE_WAY = ("at_second_factor", "at_mailed_code", "at_new_password")
EVERYBODY = ("anonymous", *SIDES, "newcomer", *STAFF, *ON_THE_WAY)
# A computer, a telephone and an application that nobody knows: the list of devices shows how each is called.
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/26.1 Mobile/15E148 Safari/604.1"
)
HOST = {"SERVER_NAME": "localhost"}


def complete(world: World) -> None:
    """Who is missing for the pages: a supplier, second factors, one without a password."""
    supplier = world.people["supplier"] = make_owner("supplier", "Saltlight")
    save_supplier(actor=supplier.actor, complete=True, categories=["home"], ships_from="杭州", about="We pour candles.")
    world.ids["supplier_party"] = supplier.party.public_id
    for who in (*STAFF, "agency"):
        user = world.people[who].user
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
    owner = world.people["owner"].user
    world.ids["passkey"] = str(add_passkey(owner, "MacBook").pk)
    RecoveryCodes.activate(owner)


def browsers(world: World) -> dict[str, Client]:
    """By name; the password was given a moment ago, and will have been for the whole of the tests."""
    clients = {who: browser(world, who) for who in EVERYBODY if who not in ON_THE_WAY}
    newcomer = world.people["newcomer"].user
    newcomer.set_unusable_password()
    newcomer.save()
    clients["newcomer"] = browser(world, "newcomer")
    return clients | {
        "at_second_factor": at_second_factor(world),
        "at_mailed_code": at_mailed_code(),
        "at_new_password": at_new_password(world),
    }


def browser(world: World, who: str) -> Client:
    client = world.client(who, HTTP_USER_AGENT=CHROME, **HOST)
    if who == "owner":
        world.client(who, HTTP_USER_AGENT=IPHONE, **HOST).get(reverse("dashboard"))
    if who != "anonymous":
        session = client.session
        session["account_authentication_methods"][0]["at"] = clock.now().timestamp() + 24 * 3600
        session.save()
    return client


def at_second_factor(world: World) -> Client:
    client = Client(**HOST)
    credentials = {"login": world.people["compliance"].user.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), credentials)["Location"] == reverse("mfa_authenticate")
    return client


def at_mailed_code() -> Client:
    client = Client(**HOST)
    form = {"name": "Somebody New", "email": "somebody.new@example.com", "password1": PASSWORD, "consent": "on"}
    assert client.post(reverse("account_signup"), form)["Location"] == reverse("account_email_verification_sent")
    return client


def at_new_password(world: World) -> Client:
    client = Client(**HOST)
    user = make_user("Forgetful Person")
    key = default_token_generator.make_token(user)
    world.ids["reset_user"] = user_pk_to_url_str(user)
    client.get(reverse("account_reset_password_from_key", args=[world.ids["reset_user"], key]))
    return client
