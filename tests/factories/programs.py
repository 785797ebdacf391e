"""Programs that act for people: a client that sends a token, and speaks JSON both ways."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from marketplace.accounts.scopes import Scope
from marketplace.accounts.services.tokens import create_token
from tests.factories.people import Person

API = "/api/v1/"


@dataclass
class Program:
    """`ask("tasks/vtk_…/pause", "POST")`; the answer has `.json()` and `.status_code`."""

    secret: str = ""
    language: str = "en"

    def ask(self, path: str, method: str = "GET", body: Any = None, **headers: str):
        given = {"accept-language": self.language} | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            given["authorization"] = f"Bearer {self.secret}"
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        address = path if path.startswith("/") else API + path
        return Client(raise_request_exception=False).generic(method, address, headers=given, **content)

    def get(self, path: str, **headers: str):
        return self.ask(path, **headers)

    def post(self, path: str, body: Any = None, **headers: str):
        return self.ask(path, "POST", body, **headers)

    def patch(self, path: str, body: Any):
        return self.ask(path, "PATCH", body)


def program(person: Person, *scopes: str) -> Program:
    """With every scope when none is named."""
    _token, secret = create_token(actor=person.actor, name="Test", scopes=scopes or Scope.values, days=90)
    return Program(secret)
