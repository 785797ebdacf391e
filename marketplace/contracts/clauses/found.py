"""One thing that terms say. Pure."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Clause:
    """`code` has its words in `wording.py`; `facts` fill them."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


def percent(bp: int) -> str:
    return f"{bp / 100:g} %"
