"""How everything recovers: the provider behaves, nobody is killed, payouts go on, and the worker works to its end."""

from datetime import timedelta

from marketplace.core.timers.fire import fire_due
from marketplace.payments.selectors.pausing import find_pause
from tests.support.money_machine import checks, moves
from tests.support.money_machine.weather import behave
from tests.support.money_machine.world import NOTHING, World

ROUNDS_AT_MOST = 6
# Longer than any call takes, and than two books are given before they are compared.
ON_ITS_WAY = timedelta(minutes=25)
AT_ONCE = 0


def recover(world: World, *, whole: bool = False) -> None:
    """Raises AssertionError when anything is lost, doubled, stuck or different. `whole`: the statement is read from its
    beginning."""
    world.failed = True
    behave(world)
    with world.now():
        if find_pause():
            moves.pause(world, False)
    for _ in range(ROUNDS_AT_MOST):
        work(world)
        world.pass_time(ON_ITS_WAY)
        work(world)
        if not list(checks.stuck()):
            break
    with world.now():
        wrong = checks.everything(world, whole=whole)
    assert not wrong, wrong
    world.failed = False
    world.tally["recovered"] += 1


def work(world: World) -> None:
    """What worker and clocks do again and again."""
    with world.now():
        moves.worker_after_a_while(world)
        moves.read_the_log(world)
        moves.worker_after_a_while(world)
        moves.ask_about_the_unknown(world, AT_ONCE)
        moves.look_after(world)
        moves.worker_after_a_while(world)


def minutes_pass(world: World, minutes: int) -> None:
    world.pass_time(timedelta(minutes=minutes))


def days_pass(world: World, days: int) -> object:
    """A provider's log and its webhooks forget, so worker and clocks are at it before and after. It may misbehave all
    the same."""
    days = min(days, world.days_left)
    world.days_left -= days
    if not days:
        return NOTHING
    moves.read_the_log(world)
    moves.worker_after_a_while(world)
    moves.look_after(world)
    world.pass_time(timedelta(days=days))
    with world.now():
        while fire_due():
            pass
        return moves.worker_after_a_while(world)
