"""`/v1/payment_intents` and `/v1/charges`: what became of a payment."""

from marketplace.payments.standin.dialects.stripe.call import Call
from marketplace.payments.standin.dialects.stripe.endpoint import by_method, reading
from marketplace.payments.standin.dialects.stripe.objects import charge as charge_objects
from marketplace.payments.standin.dialects.stripe.objects import payment_intent as intent_objects
from marketplace.payments.standin.engine.acquirer import charges, intents


@reading("payment_intent.get")
def retrieve_intent(call: Call, intent_id: str) -> dict:
    """One intent."""
    return intent_objects.write(intents.get(intent_id))


@reading("charge.get")
def retrieve_charge(call: Call, charge_id: str) -> dict:
    """One charge."""
    return charge_objects.write(charges.get(charge_id))


intent_item = by_method(GET=retrieve_intent)
charge_item = by_method(GET=retrieve_charge)
