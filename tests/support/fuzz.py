"""Requests made up from the schema of the API, good and bad, as people who have something to lose."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.schemas import BaseSchema

from marketplace.api.document import as_text
from tests.factories.market import Market

ADDRESS = "/schema-of-the-tests.json"
# Whether a request that has the right shape is accepted is decided by the rules of the domain, which no schema knows.
LEFT_OUT = {"positive_data_acceptance", "use_after_free", "ensure_resource_availability"}
TASKS = ()
# Which ids of the market an address may be asked for.
IDS = {
    "task_id": TASKS,
    "application_id": ("applied", "shortlisted", "offered", "accepted"),
    "offer_id": ("offer",),
    "contract_id": ("contract", "running", "unpaid", "asked", "late", "disputed"),
    "work_id": ("in_review_work", "planned_work", "round_work", "approved_work", "published_work"),
    "round_id": ("round",),
    "dispute_id": ("dispute", "mediated", "decided"),
    "proposal_id": ("proposal",),
    "payout_id": ("payout",),
    "search_id": ("search",),
    "party_id": ("merchant", "anchor"),
}


def schema_for(market: Market, *, examples: int, edges: bool = True) -> BaseSchema:
    """The schema with real ids in its addresses: made-up ones would only ever be not found. `edges` of every field:
    hundreds of requests where a body is large."""
    phases = {"coverage": {"enabled": edges}}
    config = SchemathesisConfig.from_dict({"generation": {"max-examples": examples}, "phases": phases, "seed": 1})
    return schemathesis.openapi.from_wsgi(ADDRESS, serving(with_ids(market)), config=config)


def serving(text: str) -> Callable:
    site = get_wsgi_application()

    def app(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ["PATH_INFO"] != ADDRESS:
            return site(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [text.encode()]

    return app


def with_ids(market: Market) -> str:
    document = json.loads(as_text())
    for path in document["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    parameter["schema"] = {"type": "string", "enum": known(market, parameter["name"])}
    return json.dumps(document)


def known(market: Market, name: str) -> list[str]:
    wanted = IDS[name]
    fits = (lambda key: key.endswith("_task")) if wanted is TASKS else wanted.__contains__
    return sorted(id_ for key, id_ in market.ids.items() if fits(key))


@contextmanager
def one_connection() -> Iterator[None]:
    """What a request did can only be taken back while the connection stays: as Django's own test client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def checks() -> list:
    load_all_checks()
    return [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]


def ask_everything(schema: BaseSchema, operation_id: str, ask: Callable[[Case], None]) -> None:
    """The examples, the edges of every field and made-up requests, good and bad, of one operation.

    The tool's own pytest door does not fit our pytest, so its test is built by hand.
    """
    build_operation_test(
        config=schema.config,
        operation=schema.find_operation_by_id(operation_id),
        test_func=lambda case: ask(case),
        given_kwargs={},
        feedback=FeedbackSources(),
        explicit_settings=settings(suppress_health_check=list(HealthCheck), deadline=None, database=None),
    )()
