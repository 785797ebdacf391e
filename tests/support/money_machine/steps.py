"""Which steps there are, how often each comes, and what is drawn for it: numbers and words, never what is there, so
that Hypothesis may leave steps out and begin again. What is drawn simplest comes first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.support.money_machine import calm, cards, moves, weather

WHICH = st.integers(0, 7)
TWO = st.integers(0, 1)
PERMILLE = st.sampled_from((500, 333, 77, 1_000))
ON = st.booleans()
MINOR = st.sampled_from((100_000, 33_333, 20_000, 10_001, 77_777, 1))
ORDER = st.sampled_from(("in order", "backwards", "twice"))
# At which commit or call the process dies; nought is not at all.
DIES = st.sampled_from((0, 0, 0, 0, 0, 1, 2, 3, 4, 6, 9, 14))


@dataclass(frozen=True)
class Kind:
    """`dies`: the process may. `works`: the worker may be there, and go on with what it began."""

    weight: int
    move: Callable[..., object]
    drawn: Sequence[st.SearchStrategy] = ()
    dies: bool = False
    works: bool = False

    @property
    def name(self) -> str:
        return self.move.__name__


@dataclass(frozen=True)
class Step:
    kind: Kind
    drawn: tuple[object, ...]
    dies: int
    works: bool

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, self.drawn))
        died = f", dies at {self.dies}" if self.dies else ""
        return f"<{self.kind.name}({shown}){died}{', the worker goes on' if self.works else ''}>"

    def _repr_pretty_(self, printer, _cycle: bool) -> None:
        """As Hypothesis tells a failure."""
        printer.text(repr(self))


ANYWHERE = (
    Kind(5, moves.worker, dies=True),
    Kind(3, moves.worker_after_a_while, dies=True),
    Kind(5, moves.top_up, (MINOR,), dies=True, works=True),
    Kind(6, moves.pay, (WHICH, st.sampled_from((0, 0, 0, 1, 2, 3, 4)))),
    Kind(5, moves.protect, (PERMILLE,), dies=True),
    Kind(7, moves.release, (WHICH, PERMILLE, st.integers(0, 2)), dies=True, works=True),
    Kind(3, moves.give_back, (WHICH, PERMILLE), dies=True, works=True),
    Kind(4, moves.refund, (WHICH, st.sampled_from((500, 1_000, 77, 1_100))), dies=True, works=True),
    Kind(1, moves.refund_again, (WHICH,), works=True),
    Kind(3, moves.look_into, (WHICH, st.integers(0, 2)), works=True),
    Kind(5, moves.take_back, (WHICH,), dies=True, works=True),
    Kind(4, moves.payout_on_demand, (TWO,), dies=True, works=True),
    Kind(2, moves.weekly_run, dies=True, works=True),
    Kind(3, moves.run_of_staff, (st.integers(0, 3), TWO), dies=True),
    Kind(5, moves.payees_bank, (WHICH, st.sampled_from(("arrive", "fail")))),
    Kind(3, moves.payout_again, (WHICH, TWO), works=True),
    Kind(1, moves.pause, (ON,)),
    Kind(1, moves.freeze, (TWO, ON)),
    Kind(2, moves.sweep, dies=True),
    Kind(3, moves.read_the_log, dies=True),
    Kind(4, moves.ask_about_the_unknown, (st.sampled_from((0, 60)),), dies=True),
    Kind(5, moves.webhooks, (st.integers(0, 15), st.integers(1, 12), ORDER), works=True),
    Kind(4, calm.minutes_pass, (st.sampled_from((2, 15, 300)),)),
    Kind(4, calm.days_pass, (st.sampled_from((1, 3, 8)),)),
    Kind(7, weather.get_worse, (st.sampled_from(weather.CALLS), st.integers(0, 99), st.integers(1, 2))),
    Kind(2, weather.hide, (st.sampled_from(weather.LOOKS), st.integers(0, 99))),
    Kind(1, calm.recover),
)
AT_STRIPE = (
    Kind(3, cards.refund_fails, (WHICH,)),
    Kind(5, cards.charge_back, (WHICH, PERMILLE)),
    Kind(4, cards.decide, (WHICH, ON)),
    Kind(2, cards.hear_of_it, (WHICH,), dies=True, works=True),
    Kind(3, cards.answer, (WHICH, ON), dies=True, works=True),
)


def any_of(kinds: Sequence[Kind]) -> st.SearchStrategy[Step]:
    """As often as its weight says."""
    by_weight = [kind for kind in kinds for _ in range(kind.weight)]

    @st.composite
    def step(draw: Callable) -> Step:
        kind = draw(st.sampled_from(by_weight))
        drawn = tuple(draw(strategy) for strategy in kind.drawn)
        return Step(kind, drawn, draw(DIES) if kind.dies else 0, draw(ON) if kind.works else False)

    return step()
