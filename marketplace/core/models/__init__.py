from marketplace.core.models.access import AccessEntry
from marketplace.core.models.delivery import Delivery
from marketplace.core.models.event import Event
from marketplace.core.models.request import IdempotentRequest
from marketplace.core.models.timer import Timer

__all__ = ["AccessEntry", "Delivery", "Event", "IdempotentRequest", "Timer"]
