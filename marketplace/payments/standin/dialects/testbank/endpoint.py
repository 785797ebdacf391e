"""The shape of every API call: who, fault before, parameters, effect once per key, fault after."""

import functools
import json
import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from marketplace.payments.standin.dialects.testbank import answers, auth, params
from marketplace.payments.standin.engine import fault_effects, faults, idempotency
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.fault_effects import HangUp
from marketplace.payments.standin.engine.faults import Fault
from marketplace.payments.standin.engine.idempotency import Answer

View = Callable[..., HttpResponse]
log = logging.getLogger(__name__)


def by_method(**views: View) -> View:
    """One address, one view for each HTTP method."""

    @csrf_exempt
    def dispatch(request: HttpRequest, **captured: str) -> HttpResponse:
        view = views.get(request.method or "")
        return view(request, **captured) if view else HttpResponseNotAllowed(views)

    return dispatch


def reading(operation: str) -> Callable[[Callable[..., dict]], View]:
    """A GET: `read(query, **captured)` returns the body."""

    def decorate(read: Callable[..., dict]) -> View:
        @functools.wraps(read)
        def view(request: HttpRequest, **captured: str) -> HttpResponse:
            def call(fault: Fault) -> Answer:
                given = params.query(request)
                return fault_effects.during(fault, lambda: Answer(200, read(given, **captured)))

            return _guarded(request, operation, call)

        return view

    return decorate


def writing(operation: str) -> Callable[[Callable[..., Callable[[], dict]]], View]:
    """A POST: `prepare(body, fault, **captured)` checks the shapes and returns the effect, which runs once per key."""

    def decorate(prepare: Callable[..., Callable[[], dict]]) -> View:
        @functools.wraps(prepare)
        def view(request: HttpRequest, **captured: str) -> HttpResponse:
            def call(fault: Fault) -> Answer:
                key, given = params.idempotency_key(request), params.body(request)
                effect = prepare(params.Params(given), fault, **captured)
                return idempotency.perform(
                    scope="testbank",
                    key=key,
                    fingerprint=idempotency.fingerprint(request.path, json.dumps(given, sort_keys=True)),
                    work=lambda: _remembered(fault, effect),
                )

            return _guarded(request, operation, call)

        return view

    return decorate


def _remembered(fault: Fault, effect: Callable[[], dict]) -> Answer:
    """The effect's answer, or its refusal's: both are kept under the key."""
    try:
        return fault_effects.during(fault, lambda: Answer(200, effect()))
    except Refusal as refusal:
        return answers.of_refusal(refusal)


def _guarded(request: HttpRequest, operation: str, call: Callable[[Fault], Answer]) -> HttpResponse:
    try:
        auth.require(request)
        fault = faults.draw_for_call(operation)
        fault_effects.before(fault)
        answer = call(fault)
        fault_effects.after(fault)
    except Refusal as refusal:
        return answers.refused(refusal)
    except HangUp:
        return answers.hung_up()
    except DatabaseError:
        log.exception("%s: the database is away", operation)
        return answers.refused(Refusal("unavailable", "The bank cannot read its books.", status=503, retryable=True))
    return answers.half(answer) if fault.action == "malformed_json" else answers.response(answer)
