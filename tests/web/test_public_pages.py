"""The pages that a stranger sees: they answer in both languages, cost nothing, and say what the rules say."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.web import examples
from tests.factories.people import make_owner

PUBLIC = ["home", "how-it-works", "fees", "protected-funds", "help", "terms", "privacy", "styleguide"]
LANGUAGES = [("en", "en"), ("zh-hans", "zh-Hans")]
pytestmark = pytest.mark.django_db


def page(name: str, language: str = "en", client: Client | None = None) -> str:
    client = client or Client()
    client.cookies["language"] = language
    response = client.get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("language", "tag"), LANGUAGES)
@pytest.mark.parametrize("name", PUBLIC)
def test_it_answers_in_both_languages_under_one_heading(name, language, tag):
    html = page(name, language)
    assert f'<html lang="{tag}"' in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert "<title> ·" not in html


@pytest.mark.parametrize("name", PUBLIC)
def test_a_stranger_costs_no_query(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        page(name)


@pytest.mark.parametrize("name", PUBLIC)
def test_it_passes_the_content_security_policy(name):
    html = page(name)
    assert 'style="' not in html
    assert not re.search(r"\son[a-z]+=\"", html)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)


@pytest.mark.parametrize("name", PUBLIC)
def test_it_says_what_we_do_by_its_own_name(name):
    assert "escrow" not in page(name).lower()


@pytest.mark.parametrize("name", PUBLIC)
def test_every_link_leads_to_a_page(name):
    client = Client()
    paths = {path for path in re.findall(r'href="(/[^"#?]*)', page(name)) if not path.startswith("/static/")}
    found = {path: client.get(path).status_code for path in paths}
    assert {path: status for path, status in found.items() if status not in {200, 302}} == {}


@pytest.mark.parametrize("name", [name for name in PUBLIC if name not in {"home", "styleguide"}])
def test_every_entry_of_its_contents_is_on_the_page(name):
    html = page(name)
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids


def test_signed_in_the_front_page_leads_on():
    client = Client()
    client.force_login(make_owner().user)
    html = page("home", client=client)
    assert reverse("dashboard") in html
    assert "Join as a merchant" not in html


def test_the_example_adds_up():
    line = examples.money_line()
    minor = sum(part["minor"] for part in line["parts"])
    shown = sum(int(part["amount"].replace(",", "").replace(".", "")) for part in line["parts"])
    legs = sum(int(leg["amount"].replace(",", "").replace(".", "")) for leg in line["legs"])
    assert minor == shown == legs == int(line["total"].replace(",", "").replace(".", "")) == 1_263_600


def test_every_example_is_called_one():
    html = page("home")
    assert all(task["example"] for task in examples.tasks())
    assert html.count(">Example<") == len(examples.tasks()) + 1
    assert html.count("Example: ") == 2


@pytest.mark.parametrize("figure", ["5%", "12,636.00", "12,000.00", "36.00", "10%", "30%", "60%", "100%"])
def test_the_fees_are_those_of_the_domain(figure):
    assert figure in page("fees")


def test_the_style_guide_shows_both_themes_of_everything():
    html = page("styleguide")
    light, dark = html.count('data-bs-theme="light"'), html.count('data-bs-theme="dark"')
    assert light == dark >= 10
