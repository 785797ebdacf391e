"""Every state of every machine with every transition, by the table and by nothing else."""

from types import SimpleNamespace

import pytest

from marketplace.core.errors import IllegalTransition
from marketplace.core.machines import all_machines

MACHINES = sorted(all_machines().items())
CASES = [
    (machine, state, name)
    for _name, machine in MACHINES
    for state in machine.states
    for name in sorted({transition.name for transition in machine.transitions})
]


def willing(state, name) -> SimpleNamespace:
    """What no guard refuses: a video with rounds left, approved where it must be."""
    approved_at = None if name == "submit" else "now"
    return SimpleNamespace(
        state=state.value,
        rounds_used=0,
        rounds_allowed=2,
        is_public=True,
        is_live=False,
        approved_at=approved_at,
        is_done=False,
    )


@pytest.mark.parametrize(("machine", "state", "name"), CASES, ids=lambda value: getattr(value, "name", str(value)))
def test_a_machine_moves_only_as_its_table_says(machine, state, name):
    subject = willing(state, name)
    allowed = [t for t in machine.transitions if t.name == name and state in t.sources]
    if not allowed:
        with pytest.raises(IllegalTransition):
            machine.fire(subject, name)
        assert subject.state == state.value
    else:
        move = machine.fire(subject, name)
        assert (move.source, move.target) == (state.value, allowed[0].target.value)
        assert subject.state == allowed[0].target.value


@pytest.mark.parametrize(("_name", "machine"), MACHINES)
def test_every_state_can_be_reached_and_no_move_is_ambiguous(_name, machine):
    reached = {machine.initial} | {transition.target for transition in machine.transitions}
    assert reached == set(machine.states)
    pairs = [(source, t.name) for t in machine.transitions for source in t.sources]
    assert len(pairs) == len(set(pairs))
