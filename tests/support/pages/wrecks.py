"""The pages of `templates/errors/` as they are really answered, middleware, headers and all, in every look."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from tests.support.pages.faults import ANSWERS
from tests.support.pages.looks import LANGUAGES, THEMES

WHO = ("anonymous", "owner")


def wrecks(clients: dict[str, Client]) -> Iterator[dict]:
    with override_settings(ROOT_URLCONF="tests.support.pages.faults"):
        for who in WHO:
            client = clients[who]
            client.raise_request_exception = False
            for language in LANGUAGES:
                for theme in THEMES:
                    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
                    client.cookies["theme"] = theme
                    for name in sorted(ANSWERS):
                        yield wreck(name, who, language, theme, ask(client, name))
            client.raise_request_exception = True


def ask(client: Client, name: str) -> HttpResponse:
    if name == "409":
        return client.post(reverse("set_theme"), {"acting_party": "pty_other", "theme": "dark", "note": "typed"})
    if name == "csrf":
        client.handler.enforce_csrf_checks = True
        try:
            return client.post(reverse("set_theme"), {"theme": "dark"}, headers={"referer": "http://localhost/fees/"})
        finally:
            client.handler.enforce_csrf_checks = False
    return client.get("/no/such/berth/" if name == "404" else f"/fault/{name}/")


def wreck(name: str, who: str, language: str, theme: str, response: HttpResponse) -> dict:
    headers = {key: value for key, value in response.items() if key != "Content-Length"}
    return {
        "name": name,
        "who": who,
        "look": [language, theme],
        "status": response.status_code,
        "headers": json.loads(json.dumps(headers)),
        "body": response.content.decode(),
    }
