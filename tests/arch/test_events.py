"""Nothing happens unheard: every event has a handler, or says that it needs none."""

import pytest

from marketplace.core.domain_event import REGISTRY
from marketplace.core.outbox.registry import handlers_of


@pytest.mark.parametrize("event", REGISTRY.values(), ids=REGISTRY.keys())
def test_an_event_is_handled_or_declared_unhandled(event):
    assert bool(handlers_of(event.name)) == event.handled


@pytest.mark.parametrize("event", REGISTRY.values(), ids=REGISTRY.keys())
def test_an_event_is_named_in_the_past_and_described_by_plain_values(event):
    assert event.__dataclass_params__.frozen
    assert "." in event.name
