"""What a machine has seen, in a few lines."""

from collections import Counter

OUTCOMES = ("done", "refused", "broken off", "killed", "nothing to do")


def said(tally: Counter[str], seconds: float) -> str:
    moves = ", ".join(f"{tally[outcome]} {outcome}" for outcome in OUTCOMES)
    seen = (
        f"{tally['steps']} steps in {tally['examples']} examples and {seconds:.0f} s; {tally['recovered']} recoveries"
    )
    return "\n".join(
        (
            f"{seen}; {tally['recovered']} recoveries, {tally['faults']} faults of the provider",
            f"all that was tried: {moves}",
            f"done: {listed(tally, 'move: ')}",
            f"refused: {listed(tally, 'refused: ')}",
            f"ended: {listed(tally, 'ended: ')}",
        )
    )


def listed(tally: Counter[str], prefix: str) -> str:
    found = sorted((-n, name.removeprefix(prefix)) for name, n in tally.items() if name.startswith(prefix) and n)
    return ", ".join(f"{-n} {name}" for n, name in found) or "nothing"
