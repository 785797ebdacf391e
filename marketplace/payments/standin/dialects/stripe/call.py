"""One call as a handler sees it: the parameters with their types, the account it is about, the fault it drew."""

from dataclasses import dataclass, field

from django.conf import settings

from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine import currencies
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.faults import NONE, Fault

LARGEST_AMOUNT = 99_999_999
_MOST_METADATA, _LONGEST_KEY, _LONGEST_VALUE = 50, 40, 500


@dataclass(frozen=True)
class Call:
    """`account` is the connected account that the call is about; without one it is about the platform."""

    given: dict = field(default_factory=dict)
    account: str = ""
    fault: Fault = NONE

    def text(self, name: str, *, longest: int = 500) -> str:
        """A text, empty when it was not sent."""
        value = self.given.get(name, "")
        if len(value) > longest or "\x00" in value:
            raise must_be(name, f"at most {longest} characters")
        return value

    def amount(self, name: str = "amount") -> int:
        """An amount in minor units that must be there."""
        if name not in self.given:
            raise Refusal("parameter_missing", f"Missing required param: {name}.", field=name)
        return positive(self.given[name], name)

    def amount_or_all(self, name: str = "amount") -> int | None:
        """An amount in minor units, or None for all that there is."""
        return self.amount(name) if name in self.given else None

    def currency(self, name: str = "currency") -> str:
        """An ISO 4217 code, in capitals as the books have it."""
        return known_currency(self.given[name], name)

    def metadata(self, before: dict | None = None, name: str = "metadata") -> dict:
        """What is known about an object after this call: new keys come, an empty text takes one away."""
        return merged(before or {}, self.given.get(name, {}), name)


def positive(value: int, field_name: str) -> int:
    """An amount that a payment can have."""
    if value < 1:
        message = "This value must be greater than or equal to 1."
        raise Refusal("parameter_invalid_integer", message, field=field_name)
    if value > LARGEST_AMOUNT:
        raise must_be(field_name, "no more than $999,999.99")
    return value


def chargeable(value: int, field_name: str) -> int:
    """An amount that a card can be charged."""
    least = settings.ACQUIRER["least_minor"]
    if positive(value, field_name) < least:
        raise Refusal("amount_too_small", f"Amount must be at least {least} minor units.", field=field_name)
    return value


def known_currency(value: str, field_name: str) -> str:
    """`usd` as `USD`."""
    code = value.upper()
    if not currencies.is_known(code) or not value.isascii():
        raise must_be(field_name, "a currency that Stripe supports, in lower case")
    return code


def merged(before: dict, given: dict | str, field_name: str = "metadata") -> dict:
    """Metadata after an update; an empty text in place of all of it takes all away."""
    if given == "":
        return {}
    after = {name: value for name, value in {**before, **given}.items() if value != ""}
    if len(after) > _MOST_METADATA:
        raise must_be(field_name, f"at most {_MOST_METADATA} keys")
    for name, value in after.items():
        if len(name) > _LONGEST_KEY or len(value) > _LONGEST_VALUE or "\x00" in name + value:
            raise must_be(f"{field_name}[{name}]", f"at most {_LONGEST_VALUE} characters under {_LONGEST_KEY} of key")
    return after
