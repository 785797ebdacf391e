"""The shape of every call: whose key, fault before, parameters, effect once per key, fault after, expansion."""

import functools
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from marketplace.payments.standin.dialects.stripe import answers, auth, errors, expansion, form, schemas, shapes
from marketplace.payments.standin.dialects.stripe.call import Call
from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine import cause, fault_effects, faults, idempotency, ids
from marketplace.payments.standin.engine.acquirer import connected
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.fault_effects import HangUp
from marketplace.payments.standin.engine.faults import Fault
from marketplace.payments.standin.engine.idempotency import Answer

View = Callable[..., HttpResponse]
Handler = Callable[..., dict]
log = logging.getLogger(__name__)
_LONGEST_KEY = 255


@dataclass(frozen=True)
class Operation:
    """What a call is named in the fault plan, the shape of its parameters, and which of them are built here."""

    name: str
    takes: tuple[str, ...] = ()
    v2: bool = False
    per_account: bool = False  # whether it can be about a connected account
    pages: bool = False  # a v2 list: `page` is in no shape, it comes out of an answer's address
    shape: bool = True  # a call without a shape takes no parameters

    def read(self, given: dict, *, form: bool) -> dict:
        """The parameters with their types, or a refusal."""
        empty = {"properties": {}, "required": []}
        page = {"page": given.pop("page")} if self.pages and isinstance(given.get("page"), str) else {}
        found = shapes.read(schemas.of_request(self.name) if self.shape else empty, given, form=form)
        shapes.require_supported(found, ("expand", *self.takes))
        return found | page


def by_method(**views: View) -> View:
    """One address, one view for each HTTP method."""

    @csrf_exempt
    def dispatch(request: HttpRequest, **captured: str) -> HttpResponse:
        view = views.get(request.method or "")
        return view(request, **captured) if view else unrecognized(request)

    return dispatch


@csrf_exempt
def unrecognized(request: HttpRequest, **captured: str) -> HttpResponse:
    """What is not built here does not exist."""
    message = f"Unrecognized request URL ({request.method}: {request.path})."
    return answers.refused(request, Refusal("not_found", message), ids.new("req"))


def reading(name: str, takes: Iterable[str] = (), **more: bool) -> Callable[[Handler], View]:
    """A GET: `handle(call, **captured)` returns the body."""
    operation = Operation(name, tuple(takes), **more)

    def decorate(handle: Handler) -> View:
        @functools.wraps(handle)
        def view(request: HttpRequest, **captured: str) -> HttpResponse:
            def answer(fault: Fault, account: str) -> Answer:
                given = operation.read(form.decoded(request.META.get("QUERY_STRING", "")), form=True)
                call = Call(given, account, fault)
                return fault_effects.during(fault, lambda: Answer(200, _expanded(handle(call, **captured), given)))

            return _guarded(request, operation, answer)

        return view

    return decorate


def writing(name: str, takes: Iterable[str] = (), **more: bool) -> Callable[[Handler], View]:
    """A POST: `handle(call, **captured)` has the effect, once per key, and returns the body."""
    operation = Operation(name, tuple(takes), **more)

    def decorate(handle: Handler) -> View:
        @functools.wraps(handle)
        def view(request: HttpRequest, **captured: str) -> HttpResponse:
            def answer(fault: Fault, account: str) -> Answer:
                raw = _json(request) if operation.v2 else form.decoded(_text(request))
                given = operation.read(raw, form=not operation.v2)
                call = Call(given, account, fault)
                return _once(request, operation, call, lambda: _expanded(handle(call, **captured), given))

            return _guarded(request, operation, answer)

        return view

    return decorate


def _once(request: HttpRequest, operation: Operation, call: Call, effect: Callable[[], dict]) -> Answer:
    """The effect, and for v1 its refusal too, is remembered under the key; without a key, nothing is."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > _LONGEST_KEY or not key.isascii():
        raise must_be("Idempotency-Key", f"at most {_LONGEST_KEY} characters")
    work = functools.partial(_worked_v2 if operation.v2 else _worked, call.fault, effect)
    if not key:
        with transaction.atomic():
            return work()
    answer = idempotency.perform(
        scope="stripe_v2" if operation.v2 else "stripe_v1",
        key=key,
        fingerprint=idempotency.fingerprint(request.path, call.account, json.dumps(call.given, sort_keys=True)),
        work=work,
        keeps=(lambda found: found.status < 400) if operation.v2 else (lambda found: True),
    )
    if operation.v2 and call.fault.action == "error_500_after" and not answer.replayed:
        raise fault_effects.broken()
    return answer


def _worked(fault: Fault, effect: Callable[[], dict]) -> Answer:
    try:
        return fault_effects.during(fault, lambda: Answer(200, effect()))
    except Refusal as refusal:
        return errors.of_refusal(refusal)


def _worked_v2(fault: Fault, effect: Callable[[], dict]) -> Answer:
    """v2 does not replay failures: one behind the effect is answered, and the next try gets what was done."""
    return _worked(faults.NONE if fault.action == "error_500_after" else fault, effect)


def _guarded(request: HttpRequest, operation: Operation, answer: Callable[[Fault, str], Answer]) -> HttpResponse:
    request_id = ids.new("req")
    try:
        auth.require(request)
        account = _account(request, operation)
        fault = faults.draw_for_call(f"stripe.{operation.name}")
        fault_effects.before(fault)
        with cause.of(request_id, request.headers.get("Idempotency-Key", "")):
            found = answer(fault, account)
        fault_effects.after(fault)
    except Refusal as refusal:
        return answers.refused(request, refusal, request_id)
    except HangUp:
        return answers.hung_up()
    except DatabaseError:
        log.exception("%s: the database is away", operation.name)
        return answers.refused(request, Refusal("unavailable", "The books cannot be read."), request_id)
    if fault.action == "malformed_json":
        return answers.half(request, found, request_id)
    return answers.response(request, found, request_id)


def _account(request: HttpRequest, operation: Operation) -> str:
    """The connected account that the call is about, and that the version is the one that is spoken here."""
    version = request.headers.get("Stripe-Version", schemas.version())
    if version != schemas.version():
        raise must_be("Stripe-Version", f"{schemas.version()}, the only one that this stand-in speaks")
    account = request.headers.get("Stripe-Account", "").replace("\x00", "")
    if not account:
        return ""
    if not operation.per_account:
        raise Refusal("not_built_here", "This call is for the platform only here: leave Stripe-Account out.")
    return connected.get(account).pk


def _text(request: HttpRequest) -> str:
    try:
        return request.body.decode("ascii")
    except UnicodeDecodeError as error:
        raise Refusal("invalid_form", "The request could not be read as a form.") from error


def _json(request: HttpRequest) -> dict:
    try:
        given = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refusal("invalid_json", "The body is not a JSON document.") from error
    if not isinstance(given, dict) or "\\u0000" in request.body.decode(errors="replace"):
        raise Refusal("invalid_json", "The body is not a JSON object.")
    return given


def _expanded(body: dict, given: dict) -> dict:
    return expansion.apply(body, given.get("expand", []))
