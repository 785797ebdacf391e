"""Write JSON Schemas of Stripe's objects and parameters, out of the annotations of the pinned SDK.

The SDK is generated from Stripe's own description of the API version that it is pinned to, so its annotations are that
description. The stand-in reads the frozen files and never imports `stripe`.
"""

import importlib
import inspect
import json
import sys
import types
import typing
from decimal import Decimal
from pathlib import Path

import stripe
import typing_extensions
from stripe._list_object import ListObject
from stripe._request_options import RequestOptions
from stripe._stripe_object import StripeObject

HOME = Path(__file__).resolve().parents[1] / "marketplace/payments/standin/dialects/stripe/schemas"

OBJECTS = {
    "checkout.session": "stripe.checkout._session:Session",
    "payment_intent": "stripe._payment_intent:PaymentIntent",
    "charge": "stripe._charge:Charge",
    "refund": "stripe._refund:Refund",
    "transfer": "stripe._transfer:Transfer",
    "transfer_reversal": "stripe._transfer_reversal:TransferReversal",
    "balance": "stripe._balance:Balance",
    "bank_account": "stripe._bank_account:BankAccount",
    "balance_settings": "stripe._balance_settings:BalanceSettings",
    "balance_transaction": "stripe._balance_transaction:BalanceTransaction",
    "payout": "stripe._payout:Payout",
    "dispute": "stripe._dispute:Dispute",
    "event": "stripe._event:Event",
    "login_link": "stripe._login_link:LoginLink",
    "v2.core.account": "stripe.v2.core._account:Account",
    "v2.core.account_link": "stripe.v2.core._account_link:AccountLink",
    "v2.core.event": "stripe.v2.core._event:Event",
}
_V1, _V2 = "stripe.params", "stripe.params.v2.core"
REQUESTS = {
    "checkout_session.create": f"{_V1}.checkout._session_create_params:SessionCreateParams",
    "checkout_session.get": f"{_V1}.checkout._session_retrieve_params:SessionRetrieveParams",
    "checkout_session.list": f"{_V1}.checkout._session_list_params:SessionListParams",
    "checkout_session.expire": f"{_V1}.checkout._session_expire_params:SessionExpireParams",
    "payment_intent.get": f"{_V1}._payment_intent_retrieve_params:PaymentIntentRetrieveParams",
    "charge.get": f"{_V1}._charge_retrieve_params:ChargeRetrieveParams",
    "refund.create": f"{_V1}._refund_create_params:RefundCreateParams",
    "refund.get": f"{_V1}._refund_retrieve_params:RefundRetrieveParams",
    "refund.list": f"{_V1}._refund_list_params:RefundListParams",
    "transfer.create": f"{_V1}._transfer_create_params:TransferCreateParams",
    "transfer.get": f"{_V1}._transfer_retrieve_params:TransferRetrieveParams",
    "transfer.list": f"{_V1}._transfer_list_params:TransferListParams",
    "transfer.reverse": f"{_V1}._transfer_reversal_create_params:TransferReversalCreateParams",
    "balance.get": f"{_V1}._balance_retrieve_params:BalanceRetrieveParams",
    "balance_settings.get": f"{_V1}._balance_settings_retrieve_params:BalanceSettingsRetrieveParams",
    "balance_settings.update": f"{_V1}._balance_settings_update_params:BalanceSettingsUpdateParams",
    "balance_transaction.get": f"{_V1}._balance_transaction_retrieve_params:BalanceTransactionRetrieveParams",
    "balance_transaction.list": f"{_V1}._balance_transaction_list_params:BalanceTransactionListParams",
    "payout.create": f"{_V1}._payout_create_params:PayoutCreateParams",
    "payout.get": f"{_V1}._payout_retrieve_params:PayoutRetrieveParams",
    "payout.list": f"{_V1}._payout_list_params:PayoutListParams",
    "dispute.get": f"{_V1}._dispute_retrieve_params:DisputeRetrieveParams",
    "dispute.list": f"{_V1}._dispute_list_params:DisputeListParams",
    "dispute.update": f"{_V1}._dispute_update_params:DisputeUpdateParams",
    "event.get": f"{_V1}._event_retrieve_params:EventRetrieveParams",
    "event.list": f"{_V1}._event_list_params:EventListParams",
    "login_link.create": f"{_V1}._account_create_login_link_params:AccountCreateLoginLinkParams",
    "account.create": f"{_V2}._account_create_params:AccountCreateParams",
    "account.get": f"{_V2}._account_retrieve_params:AccountRetrieveParams",
    "account.list": f"{_V2}._account_list_params:AccountListParams",
    "external_account.list": f"{_V1}._account_external_account_list_params:AccountExternalAccountListParams",
    "account.update": f"{_V2}._account_update_params:AccountUpdateParams",
    "account.close": f"{_V2}._account_close_params:AccountCloseParams",
    "account_link.create": f"{_V2}._account_link_create_params:AccountLinkCreateParams",
}
# The shapes of the other configurations and of every country's papers are 1 MB of schema that nothing here fills.
OPAQUE = {
    "customer",
    "merchant",
    "attestations",
    "relationship",
    "business_details",
    "individual",
}
DEEPEST = 5
_TEXT, _ANY = {"type": "string"}, {}


def frozen() -> dict[str, dict]:
    """File name → schema, for every object and every call of the stand-in."""
    files = {f"objects/{name}.json": of_object(_load(place)) for name, place in OBJECTS.items()}
    return files | {f"requests/{name}.json": of_params(_load(place)) for name, place in REQUESTS.items()}


def text(schema: dict) -> str:
    """A schema as its file holds it: a line for each field, so that a difference shows which."""
    fields = {name: _compact(shape) for name, shape in sorted(schema["properties"].items())}
    rest = {name: _compact(value) for name, value in sorted(schema.items()) if name != "properties"}
    lines = ",\n".join(f"  {_compact(name)}: {shape}" for name, shape in fields.items())
    others = "".join(f',\n"{name}": {value}' for name, value in rest.items())
    return f'{{"properties": {{\n{lines}\n}}{others}}}\n'


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def version() -> str:
    """The API version that the SDK speaks."""
    return stripe.api_version


def of_object(cls: type, depth: int = 0, above: tuple[type, ...] = ()) -> dict:
    """An object of the answer: every field that is not optional must be there."""
    properties, required = {}, []
    for name, annotation in vars(cls).get("__annotations__", {}).items():
        meant = _resolve(annotation, cls)
        if typing.get_origin(meant) is typing.ClassVar or name.startswith("_"):
            continue
        opaque = name in OPAQUE and cls.__module__.startswith("stripe.v2")
        properties[name] = _ANY if opaque else _of_type(meant, cls, depth, (*above, cls))
        if not _is_optional(meant):
            required.append(name)
    return {"type": "object", "properties": properties, "required": sorted(required)}


def of_params(cls: type, depth: int = 0) -> dict:
    """A call's parameters: nothing unknown, and what is needed."""
    properties, required = {}, []
    options = set(RequestOptions.__annotations__)
    for name, annotation in cls.__annotations__.items():
        if depth == 0 and name in options:
            continue
        meant = _resolve(annotation, cls)
        if typing.get_origin(meant) in (typing.NotRequired, typing_extensions.NotRequired):
            meant = _resolve(typing.get_args(meant)[0], cls)
        else:
            required.append(name)
        opaque = name in OPAQUE and cls.__module__.startswith("stripe.params.v2")
        properties[name] = {"type": "object"} if opaque else _of_type(meant, cls, depth, ())
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(required),
        "additionalProperties": False,
    }


def _of_type(meant: object, cls: type, depth: int, above: tuple[type, ...]) -> dict:
    origin, arguments = typing.get_origin(meant), typing.get_args(meant)
    if origin in (typing.Union, types.UnionType):
        return _of_union([_resolve(item, cls) for item in arguments], cls, depth, above)
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _of_type(_resolve(arguments[0], cls), cls, depth, above)}
    if origin is dict:
        return {
            "type": "object",
            "additionalProperties": _of_type(_resolve(arguments[1], cls), cls, depth, above),
        }
    if inspect.isclass(origin) and issubclass(origin, ListObject):
        return {"type": "object", "required": ["data", "has_more", "object", "url"]}
    if inspect.isclass(origin) and issubclass(origin, StripeObject):
        return {"type": "object"}
    return _of_plain(meant, depth, above)


def _of_plain(meant: object, depth: int, above: tuple[type, ...]) -> dict:
    plain = {
        str: "string",
        int: "integer",
        bool: "boolean",
        float: "number",
        Decimal: "string",
        type(None): "null",
    }
    if inspect.isclass(meant) and meant in plain:
        return {"type": plain[meant]}
    if inspect.isclass(meant) and issubclass(meant, StripeObject):
        again = meant in above or depth >= DEEPEST
        return {"type": "object"} if again else of_object(meant, depth + 1, above)
    if typing_extensions.is_typeddict(meant):
        return of_params(meant, depth + 1)
    return _ANY


def _of_union(members: list, cls: type, depth: int, above: tuple[type, ...]) -> dict:
    """`Literal[…] | str` is any text; an id or the object behind it is told apart no further here."""
    if above and str in members and any(inspect.isclass(item) and issubclass(item, StripeObject) for item in members):
        return {"type": ["string", "object", *(["null"] if type(None) in members else [])]}
    shapes = [_of_type(item, cls, depth, above) for item in members]
    if _TEXT in shapes:
        shapes = [shape for shape in shapes if "enum" not in shape or None in shape["enum"]]
    objects = [shape for shape in shapes if shape.get("type") == "object"]
    if len(objects) > 1:
        detailed = [shape for shape in objects if shape.get("properties") or "additionalProperties" in shape]
        shapes = [shape for shape in shapes if shape.get("type") != "object"] + (detailed[:1] or objects[:1])
    unique = [shape for number, shape in enumerate(shapes) if shape not in shapes[:number]]
    return unique[0] if len(unique) == 1 else {"anyOf": unique}


def _is_optional(meant: object) -> bool:
    union = typing.get_origin(meant) in (typing.Union, types.UnionType)
    return union and type(None) in typing.get_args(meant)


def _resolve(annotation: object, cls: type) -> object:
    """What an annotation means, the names that only type checkers import included."""
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        try:
            return eval(annotation, {}, _Names(cls))  # the SDK's own annotations
        except (KeyError, NameError, AttributeError):
            return object
    return annotation


class _Names(dict):
    """The names that an annotation of this class may use."""

    def __init__(self, cls: type) -> None:
        super().__init__(vars(typing))
        self.update(vars(typing_extensions))
        self.update(vars(sys.modules[cls.__module__]))
        self.update({name: value for name, value in vars(cls).items() if isinstance(value, type)})

    def __missing__(self, name: str) -> object:
        """A class that the package loads when it is asked for; else it is left to the builtins."""
        try:
            return getattr(stripe, name)
        except AttributeError:
            raise KeyError(name) from None


def _load(place: str) -> type:
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


def main() -> None:
    for name, schema in frozen().items():
        (HOME / name).write_text(text(schema))
    (HOME / "version.txt").write_text(version() + "\n")


if __name__ == "__main__":
    main()
