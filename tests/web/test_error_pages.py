"""What is shown when a request cannot be answered: it says what to do next, and it works when little else does."""

import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from marketplace.accounts.models import Membership
from marketplace.core.errors import Refused
from marketplace.http.errors import RefusalMiddleware
from marketplace.http.middleware import DatabaseAwayMiddleware
from marketplace.web.views import errors
from tests.factories.people import make_owner

COLD = {"errors/500.html": "A fault on our side", "errors/503.html": "Back in a moment"}


@pytest.fixture
def request_of_nobody():
    """A request that no middleware has seen."""
    return RequestFactory().get("/somewhere/")


@pytest.mark.parametrize(("template", "heading"), COLD.items())
def test_a_fault_is_drawn_without_database_or_request(template, heading):
    """No mark django_db here: a query would fail the test."""
    html = render_to_string(template)
    assert heading in html
    assert html.count("<h1") == 1
    assert 'lang="zh-Hans"' in html
    assert "<script" not in html


def test_500_names_the_request_and_needs_nothing_else(request_of_nobody):
    request_of_nobody.request_id = "req_123"
    response = errors.server_error(request_of_nobody)
    assert response.status_code == 500
    assert "req_123" in response.content.decode()


def test_500_has_last_words_when_its_own_page_fails(request_of_nobody, monkeypatch):
    monkeypatch.setattr(errors, "render_to_string", lambda *_: 1 / 0)
    response = errors.server_error(request_of_nobody)
    assert response.status_code == 500
    assert response.content.decode() == errors.LAST_WORDS


def test_503_says_when_to_come_back(request_of_nobody):
    response = DatabaseAwayMiddleware(lambda request: None).away(request_of_nobody, Exception("gone"))
    assert response.status_code == 503
    assert response["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("view", "exception", "status", "said"),
    [
        (errors.bad_request, SuspiciousOperation(), 400, "could not read that"),
        (errors.bad_request, RequestDataTooBig(), 413, "Too much cargo"),
        (errors.forbidden, PermissionDenied(), 403, "closed to you"),
        (errors.not_found, Exception(), 404, "Nothing is moored here"),
    ],
)
def test_a_request_refused_before_our_middleware_is_drawn_as_a_strangers(
    request_of_nobody, view, exception, status, said
):
    response = view(request_of_nobody, exception)
    html = response.content.decode()
    assert response.status_code == status
    assert said in html
    assert len(re.findall(r"<h1\b", html)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("en", '<html lang="en"'), ("zh-hans", '<html lang="zh-Hans"')])
def test_a_lost_address_is_answered_in_the_readers_language(language, said):
    client = Client()
    client.cookies["language"] = language
    response = client.get("/no/such/berth/")
    assert response.status_code == 404
    assert said in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_says_how_to_go_on():
    client = Client(enforce_csrf_checks=True, headers={"referer": "http://testserver/fees/"})
    response = client.post(reverse("set_theme"), {"theme": "dark"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "This form has grown old" in html
    assert 'href="http://testserver/fees/"' in html


@pytest.mark.django_db
def test_the_way_back_never_leads_to_another_site():
    client = Client(enforce_csrf_checks=True, headers={"referer": "https://elsewhere.example/trap"})
    assert "elsewhere.example" not in client.post(reverse("set_theme")).content.decode()


def test_a_refusal_shows_its_sentence_and_its_code(request_of_nobody):
    errors.framed(request_of_nobody, "errors/404.html", 404)
    request_of_nobody.request_id = "req_9"
    response = RefusalMiddleware(lambda request: None).process_exception(request_of_nobody, Refused("Not on Sundays."))
    html = response.content.decode()
    assert response.status_code == 422
    assert "Not on Sundays." in html
    assert "refused · req_9" in html


def test_too_many_tries_have_a_page_under_allauths_name(request_of_nobody):
    errors.framed(request_of_nobody, "errors/404.html", 404)
    assert "A moment, please" in render_to_string("429.html", request=request_of_nobody)


class TestSwitchedParty:
    """A form drawn for one party, sent while acting for another."""

    @pytest.fixture
    def client(self, db):
        first, second = make_owner(name="Chenyu Tea"), make_owner(name="Nalu Audio")
        Membership.objects.filter(party=second.party).update(user=first.user)
        client = Client()
        client.force_login(first.user)
        client.post(reverse("switch-party"), {"party": first.party.public_id})
        client.parties = first.party, second.party
        return client

    def post(self, client, party, **fields):
        return client.post("/theme/", {"acting_party": party, "theme": "dark", "note": "typed <b>", **fields})

    def test_what_was_typed_is_kept_and_can_be_sent_again(self, client):
        _, second = client.parties
        response = self.post(client, second.public_id)
        html = response.content.decode()
        assert response.status_code == 409
        assert "Act as Nalu Audio and send" in html
        assert '<input type="hidden" name="note" value="typed &lt;b&gt;">' in html
        assert '<input type="hidden" name="confirm_switch" value="1">' in html
        assert re.findall(r'name="acting_party" value="([^"]+)"', html) == [second.public_id]
        assert self.post(client, second.public_id, confirm_switch="1").status_code == 302

    def test_a_party_that_is_not_ones_own_is_not_offered(self, client):
        response = self.post(client, "pty_of_somebody_else")
        html = response.content.decode()
        assert response.status_code == 409
        assert "and send" not in html
        assert "typed &lt;b&gt;" in html

    def test_a_password_is_not_shown(self, client):
        html = self.post(client, client.parties[1].public_id, password="moor-the-money").content.decode()
        assert "<dd>moor-the-money" not in html

    def test_signed_out_meanwhile_it_can_be_copied(self, client):
        client.logout()
        html = self.post(client, client.parties[0].public_id).content.decode()
        assert "You were signed out" in html
        assert "typed &lt;b&gt;" in html
