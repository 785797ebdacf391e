"""The terms of a representation, as a value: what is proposed, compared, accepted and frozen."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Shares are basis points of what the anchor earns; `ends_before` is exclusive, None is open-ended."""

    scope: tuple[str, ...]
    fee_share_bp: int
    cps_share_bp: int
    starts_on: date
    ends_before: date | None
    notice_days: int

    def as_json(self) -> dict[str, Any]:
        return {
            "scope": list(self.scope),
            "fee_share_bp": self.fee_share_bp,
            "cps_share_bp": self.cps_share_bp,
            "starts_on": self.starts_on.isoformat(),
            "ends_before": self.ends_before.isoformat() if self.ends_before else None,
            "notice_days": self.notice_days,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            scope=tuple(data["scope"]),
            fee_share_bp=data["fee_share_bp"],
            cps_share_bp=data["cps_share_bp"],
            starts_on=date.fromisoformat(data["starts_on"]),
            ends_before=date.fromisoformat(data["ends_before"]) if data["ends_before"] else None,
            notice_days=data["notice_days"],
        )
