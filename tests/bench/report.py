"""What a suite measures, how it stands to its goals, and how that is printed."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

Measured = dict[str, float]
TOLERANCE = 0.8  # of a goal; what misses it by more fails the run


@dataclass(frozen=True)
class AtLeast:
    """A goal for the ratio of two medians, `over` to `under`."""

    goal: float
    over: str
    under: str

    def met(self, ratio: float, tolerance: float = 1.0) -> bool:
        return ratio >= tolerance * self.goal


@dataclass(frozen=True)
class AtMost(AtLeast):
    def met(self, ratio: float, tolerance: float = 1.0) -> bool:
        return ratio <= self.goal / tolerance


@dataclass(frozen=True)
class Suite:
    """`one_round` measures everything once (name → figure, higher is better or not, as the goals say)."""

    title: str
    one_round: Callable[[], Measured]
    goals: dict[str, AtLeast]
    prepare: Callable[[], None] = lambda: None

    def run(self, rounds: int) -> bool:
        """Measure, print; whether no goal is missed by more than the tolerance."""
        self.prepare()
        measured: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, figure in self.one_round().items():
                measured.setdefault(name, []).append(figure)
        print(f"\n{self.title} (median, min to max of the rounds):")
        for name, figures in measured.items():
            least, most = shown(min(figures)), shown(max(figures))
            print(f"  {name:<52} {shown(statistics.median(figures)):>10}   {least} to {most}")
        return self.compare({name: statistics.median(figures) for name, figures in measured.items()})

    def compare(self, median: Measured) -> bool:
        print("Ratios:")
        good = True
        for name, goal in self.goals.items():
            ratio = median[goal.over] / median[goal.under]
            sign = "at most" if isinstance(goal, AtMost) else "at least"
            print(f"  {name:<52} {ratio:>7.2f}   goal {sign} {goal.goal:g}: {'met' if goal.met(ratio) else 'NOT MET'}")
            good &= goal.met(ratio, TOLERANCE)
        return good


def shown(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:,.2f}"
