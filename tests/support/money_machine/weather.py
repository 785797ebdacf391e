"""What goes wrong at the provider, and that it does no more."""

from tests.support.money_machine.world import World
from tests.support.storm import weather
from tests.support.storm.weather import calm_down

CALLS = (*weather.CALLS, "transfer.reverse", "evidence.submit")
LOOKS = weather.LOOKS
ALL = weather.BROKEN
NO_TIME_LOST = tuple(action for action in ALL if not action.startswith(("timeout", "rate_limit")))
# Whose outcome is known as soon as it is answered, and which no bank declines.
AT_ONCE = ("checkout.create", "transfer.create", "transfer.reverse", "evidence.submit")
CANNOT_DECLINE = ("checkout.create", "transfer.reverse", "evidence.submit")


def get_worse(world: World, operation: str, at: int, times: int) -> object:
    """One more fault in the provider's plan, for the next times that it is asked."""
    kinds = (*world.faults, *weather.LATER)
    action = kinds[at % len(kinds)]
    if operation in AT_ONCE and action in weather.LATER:
        action = "decline"
    if operation in CANNOT_DECLINE and action == "decline":
        action = kinds[0]
    return world.side.fault(operation, action, count=times)


def hide(world: World, operation: str, at: int) -> object:
    """One look at it fails."""
    return world.side.fault(operation, world.faults[at % len(world.faults)], count=1)


def behave(world: World) -> None:
    world.tally["faults"] += calm_down(world.bank)
