"""How large a market: what follows from the number of anchors and of V tasks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

DAYS = 60  # since when there is a market


@dataclass(frozen=True)
class Size:
    """Ids are given out in blocks: one user a merchant and one of staff; parties of merchants, then of anchors."""

    anchors: int
    tasks: int
    today: date

    @property
    def merchants(self) -> int:
        return max(4, self.tasks // 200)

    @property
    def staff_id(self) -> int:
        return self.merchants + 1

    def party_of_anchor(self, number: int) -> int:
        return self.merchants + number

    def at(self, number: int, of: int) -> datetime:
        """The instant at which row `number` of `of` came: later rows later, evenly over the days."""
        began = datetime.combine(self.today, time(), UTC) - timedelta(days=DAYS)
        return began + timedelta(days=DAYS) * (number / (of + 1))
