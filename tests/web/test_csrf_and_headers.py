"""What a stranger's page, a forged address or a forged form can make of us: nothing."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse

from marketplace.accounts.models import Membership, Party
from marketplace.core.actor import Role
from marketplace.notifications.models import OutgoingMail
from tests.factories.people import PASSWORD, make_owner, make_user
from tests.factories.world import give_password_now
from tests.web.conftest import rolled_back
from tests.web.test_permission_matrix import ARGUMENTS, BODIES, address, ours

PUBLIC = ["home", "how-it-works", "fees", "protected-funds", "help", "proof", "terms", "privacy", "styleguide"]
MARKET = ["anchors", "merchants", "anchor", "agency", "brand"]
OF_AN_ANCHOR = ["anchor-file", "anchor-profile", "anchor-channels", "anchor-channel", "anchor-rates", "anchor-week"]
OF_AN_ANCHOR += ["anchor-portfolio", "anchor-piece", "anchor-portrait"]
OF_AN_ANCHOR += ["earnings", "payout-account", "ask-payout", "payout", "statement"]
OUT = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nothing-here/"]
SIGNED_IN = [
    "dashboard",
    "welcome",
    "team",
    "settings",
    "person-settings",
    "privacy-settings",
    "erasure",
    "feed",
    "record",
]
OF_A_BRAND = [
    "own-tasks",
    "contracts",
    "searches",
    "invite-anchors",
    "wallet",
    "documents",
    "document",
    "top-up",
    "approval-limit",
    "party-settings",
    "verification",
    "brand-profile",
]
OBJECTS = [
    *("task", "own-task", "task-edit", "task-close", "candidates", "application", "offer", "contract", "contract-sign"),
    *("funding", "refund", "approval", "refund-lot", "join", "member-remove", "verification-form", "report"),
    *("observations", "object", "objection"),
]
OF_AN_AGENCY = ["representations", "representation-ask", "representation", "representation-change", "agency-profile"]
OF_ALLAUTH = [
    *("account_email", "account_change_password", "account_logout", "account_reauthenticate"),
    *("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list"),
]


def every_page(world) -> list[tuple[str, str]]:
    """(who, path)"""
    pages = [("anonymous", reverse(name)) for name in PUBLIC] + [("anonymous", path) for path in OUT]
    pages += [("owner", address(name, world)) for name in [*SIGNED_IN, *OF_A_BRAND, *OBJECTS]]
    pages += [("agency", address(name, world)) for name in OF_AN_AGENCY]
    pages += [("anonymous", address(name, world)) for name in MARKET]
    pages += [("anchor", address(name, world)) for name in OF_AN_ANCHOR]
    pages += [("owner", reverse(name)) for name in OF_ALLAUTH]
    return pages


def test_every_page_carries_the_headers_that_keep_strangers_out(world):
    for who, path in every_page(world):
        with rolled_back():
            response = world.client(who).get(path)
        assert response.status_code == (404 if path == "/nothing-here/" else 200), path
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        for rule in ("default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"):
            assert rule in policy, (path, rule)
        nonces = set(re.findall(r'nonce="([^"]+)"', response.content.decode()))
        assert all(f"'nonce-{nonce}'" in policy for nonce in nonces), path
        assert response["X-Content-Type-Options"] == "nosniff", path
        assert response["Referrer-Policy"] == "same-origin", path
        assert response["X-Frame-Options"] == "DENY", path
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", path


def test_no_page_has_inline_script_style_or_handlers_without_a_nonce(world):
    for who, path in every_page(world):
        with rolled_back():
            page = world.client(who).get(path).content.decode()
        assert not re.findall(r"<[a-z-]+[^>]*\son[a-z]+=", page), path
        assert not re.findall(r"<[a-z-]+[^>]*\sstyle=", page), path
        assert "javascript:" not in page, path
        for attributes in re.findall(r"<script([^>]*)>", page):
            assert "src=" in attributes or "nonce=" in attributes or "application/json" in attributes, path
        for attributes in re.findall(r"<style([^>]*)>", page):
            assert "nonce=" in attributes, path


def test_a_nonce_is_used_once(world):
    first, second = (Client().get("/")["Content-Security-Policy"] for _ in range(2))
    assert "nonce-" not in first or first != second


DOORS = {"webhook-test-bank", "webhook-stripe", "webhook-stripe-connected", "webhook-stripe-thin"}


@pytest.mark.parametrize("name", sorted(ours() - {*DOORS, "mail-stop"}))
def test_a_post_without_the_token_is_refused_everywhere(world, name):
    """But where a signature stands in its place: a bank's webhook, and a mail program's one click (RFC 8058)."""
    row = next((key for key in ARGUMENTS if key.partition(":")[0] == name), name)
    for who in ("anonymous", "owner", "agency"):
        with rolled_back():
            client = world.client(who, enforce_csrf_checks=True)
            before = Session.objects.count()
            response = client.post(address(row, world), BODIES.get(row, {}))
            assert response.status_code == 403, who
            assert Session.objects.count() == before


def test_a_post_without_the_token_is_refused_by_sign_in_and_its_family_too(world):
    names = {pattern.name for pattern in get_resolver().url_patterns if getattr(pattern, "name", None)}
    assert names == set()  # what is at the root is included, so that `ours` sees it
    for path in [*OUT[:3], *map(reverse, OF_ALLAUTH), "/i18n/setlang/", "/accounts/2fa/webauthn/login/"]:
        with rolled_back():
            client = world.client("owner", enforce_csrf_checks=True)
            response = client.post(path, {})
            assert response.status_code in {403, 405}, path


EVIL = [
    "//evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "http://testserver@evil.example/",
    "//testserver@evil.example/",
    "javascript:alert(1)",
    "/today/\r\nSet-Cookie: a=b",
    "\t//evil.example",
    "//evil。example",
    "data:text/html,x",
]


@pytest.mark.parametrize("target", EVIL)
@pytest.mark.parametrize("path", ["/switch/", "/theme/", "/i18n/setlang/"])
def test_nobody_is_sent_elsewhere_by_a_forged_next(world, path, target):
    with rolled_back():
        body = {"next": target, "theme": "dark", "language": "en", "party": ""}
        response = world.client("owner").post(path, body)
    assert response.status_code == 302
    where = response["Location"]
    assert where.startswith("/"), where
    assert not where.startswith("//"), where
    assert not re.search(r"evil|[\r\n]", where), where


@pytest.mark.parametrize("target", EVIL)
def test_nor_by_that_of_sign_in(world, target):
    user = world.people["owner"].user
    with rolled_back():
        response = Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD, "next": target})
    assert response.status_code == 302
    assert "evil" not in response["Location"]
    assert response["Location"].startswith("/")
    assert not response["Location"].startswith("//")


def test_a_next_of_our_own_is_followed(world):
    with rolled_back():
        assert (
            world.client("owner").post("/switch/", {"next": "/wallet/?before=1.2"})["Location"] == "/wallet/?before=1.2"
        )
        assert Client().post("/theme/", {"next": "/fees/", "theme": "dark"})["Location"] == "/fees/"


# --- the party that a form was drawn for ---


@pytest.fixture
def two_parties(world):
    """The owner also owns a second brand."""
    with rolled_back():
        second = make_owner("brand", "Second Brand")
        Membership.objects.create(user=world.people["owner"].user, party=second.party, role=Role.OWNER)
        yield world.people["owner"].party.public_id, second.party.public_id


def acting(client: Client) -> str:
    return re.findall(r'name="acting_party" value="([^"]*)"', client.get("/settings/party/").content.decode())[0]


def test_a_form_of_another_party_is_held_back_with_what_was_typed(world, two_parties):
    first, second = two_parties
    client = world.client("owner")
    assert acting(client) == first
    response = client.post("/settings/party/", {"acting_party": second, "name": "Typed <b>Name</b>"})
    page = response.content.decode()
    assert response.status_code == 409
    assert '<input type="hidden" name="name" value="Typed &lt;b&gt;Name&lt;/b&gt;">' in page
    assert f'<input type="hidden" name="acting_party" value="{second}">' in page
    assert 'name="confirm_switch" value="1"' in page
    assert acting(client) == first
    assert not Party.objects.filter(name__startswith="Typed").exists()


def test_confirming_switches_and_sends_it(world, two_parties):
    first, second = two_parties
    client = world.client("owner")
    body = {"acting_party": second, "name": "Typed Name", "confirm_switch": "1"}
    assert client.post("/settings/party/", body).status_code == 302
    assert acting(client) == second
    assert Party.objects.get(name="Typed Name").public_id == second
    assert Party.objects.get(public_id=first).name == "Chenyu Tea"


def test_a_foreign_party_is_never_switched_to(world, two_parties):
    first, _second = two_parties
    foreign = world.people["stranger"].party
    client = world.client("owner")
    body = {"acting_party": foreign.public_id, "name": "Taken Over", "confirm_switch": "1"}
    assert client.post("/settings/party/", body).status_code == 409
    assert client.post("/switch/", {"party": foreign.public_id}).status_code == 302
    assert acting(client) == first
    foreign.refresh_from_db()
    assert foreign.name == "Far Away Tea"


def test_a_strangers_page_cannot_confirm_a_switch(world, two_parties):
    first, second = two_parties
    client = world.client("owner", enforce_csrf_checks=True)
    body = {"acting_party": second, "name": "Forged", "confirm_switch": "1"}
    assert client.post("/settings/party/", body).status_code == 403
    assert acting(client) == first


def test_a_form_that_outlived_its_session_is_shown_again_to_copy(world):
    body = {"acting_party": world.people["owner"].party.public_id, "name": "Long Typed", "password": "secret-typed"}
    response = Client().post("/settings/party/", body)
    assert response.status_code == 409
    assert "Long Typed" in response.content.decode()
    assert "secret-typed" not in response.content.decode()


# --- sign-in ---


def test_the_session_has_another_key_after_sign_in_and_the_old_one_is_worth_nothing(world):
    with rolled_back():
        client = Client()
        client.get("/accounts/login/")
        client.session.save()
        planted = client.session
        planted["seen"] = True
        planted.save()
        client.cookies["sessionid"] = planted.session_key
        user = world.people["owner"].user
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        assert client.cookies["sessionid"].value != planted.session_key
        thief = Client()
        thief.cookies["sessionid"] = planted.session_key
        assert thief.get("/today/")["Location"].startswith("/accounts/login/")
        assert client.get("/today/").status_code == 200


def test_the_sixth_wrong_password_waits(world):
    with rolled_back():
        user, client = make_user("Patient Person"), Client()
        wrong = {"login": user.email, "password": "not-this-one"}
        assert [client.post("/accounts/login/", wrong).status_code for _ in range(5)] == [200] * 5
        limited = client.post("/accounts/login/", wrong)
        assert "too many" in limited.content.decode().lower() or limited.status_code == 429
        right = client.post("/accounts/login/", wrong | {"password": PASSWORD})
        assert right.status_code != 302


def told(response) -> tuple:
    """What a stranger sees: status, where to, and the page without what differs from request to request."""
    page = re.sub(
        r'(value|nonce)="[^"]*"|[\w.]+@example\.com|req_\w+|X-CSRFToken": "\w+', "", response.content.decode()
    )
    return response.status_code, response.headers.get("Location"), page


def test_a_stranger_does_not_learn_who_has_an_account(world):
    known = world.people["owner"].user.email
    for path, fields in (
        ("/accounts/password/reset/", lambda email: {"email": email}),
        ("/accounts/login/", lambda email: {"login": email, "password": "not-this-one"}),
        (
            "/accounts/signup/",
            lambda email: {"name": "Anna", "email": email, "password1": "a-long-enough-one", "consent": "on"},
        ),
    ):
        answers = []
        for email in (known, "nobody.knows@example.com"):
            with rolled_back():
                client = Client(headers={"accept-language": "en"})
                answers.append((told(client.post(path, fields(email))), told(client.get("/accounts/login/"))))
        assert answers[0] == answers[1], path


def test_who_resets_an_unknown_address_is_told_by_mail_and_nobody_else(world):
    with rolled_back():
        Client().post("/accounts/password/reset/", {"email": "nobody.knows@example.com"})
        assert OutgoingMail.objects.filter(to="nobody.knows@example.com").count() == 1
    assert mail.outbox == []


def test_a_reset_link_names_our_own_host(world):
    with rolled_back():
        user = world.people["owner"].user
        forged = Client().post("/accounts/password/reset/", {"email": user.email}, headers={"host": "evil.example"})
        assert forged.status_code == 400
        sent = Client().post(
            "/accounts/password/reset/", {"email": user.email}, headers={"x-forwarded-host": "evil.example"}
        )
        assert sent.status_code == 302
        assert "evil.example" not in OutgoingMail.objects.filter(to=user.email).latest("id").text


# --- what people write ---

# Several in one text, as long as a name may be.
XSS = [
    "<script>alert(1)</script> \"><img src=x onerror=alert(1)> '><svg/onload=alert(1)>",
    "</title><script>alert(1)</script> {{ 7|add:7 }}{% now 'Y' %} <!--<script>",
    "＜script＞alert(1)＜/script＞ javascript:alert(1)",
]
TAGS = re.compile(r"<script>alert|<img src=x|<svg/onload|<!--<script>")


@pytest.mark.parametrize("text", XSS)
def test_what_people_write_is_shown_as_they_wrote_it_and_runs_nowhere(world, text):
    with rolled_back():
        brand, agency = world.people["owner"], world.people["agency"]
        for person in (brand, agency, world.people["anchor"]):
            client = world.client(next(who for who, found in world.people.items() if found is person))
            assert client.post("/settings/party/", {"name": text[:80]}).status_code == 302
            assert client.post("/settings/person/", {"name": text[:80], "language": "en"}).status_code == 302
        asked = {
            **BODIES["representation-ask"],
            "other": world.people["anchor"].user.email,
            "message": text,
        }
        world.client("other_agency").post("/representation/ask/", asked)
        world.client("owner").post("/team/", {"email": "a@example.com", "role": "viewer"})
        seen = 0
        for who, path in [*every_page(world), ("anchor", "/representation/"), ("anchor", "/today/")]:
            page = world.client(who).get(path).content.decode()
            assert not TAGS.search(page), (who, path)
            seen += escaped(text[:80]) in page
        assert seen > 20


def escaped(text: str) -> str:
    for raw, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        text = text.replace(raw, safe)
    return text


def test_a_fresh_password_is_one_of_this_person(world):
    """The note in the session names whose password was given."""
    with rolled_back():
        client = world.client("owner", fresh=False)
        give_password_now(client, world.people["stranger"].user)
        assert client.get("/wallet/top-up/")["Location"].startswith("/accounts/reauthenticate/")
