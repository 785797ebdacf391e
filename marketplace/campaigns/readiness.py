"""Whether a V task says everything that an anchor must know. Pure: codes, by the step where each is mended."""

from datetime import date
from typing import Any

from marketplace.contracts.terms import problems as term_problems

STEPS = ("job", "brief", "dates", "price", "people")


def problems(task: Any, *, today: date) -> dict[str, list[str]]:
    """Step → codes of what is missing or impossible there; empty when it may be submitted."""
    found: dict[str, list[str]] = {
        "job": _missing(task, "title", "form", "category"),
        "brief": _missing(task, "goal", "platforms"),
        "dates": _missing(task, "apply_by", "publish_from", "publish_until"),
        "price": [],
        "people": [],
    }
    if task.is_live:
        found["dates"] += _missing(task, "live_start", "live_minutes")
    if not found["dates"]:
        if task.apply_by < today:
            found["dates"].append("apply_by_in_the_past")
        if task.apply_by > task.publish_until:
            found["dates"].append("apply_after_publishing")
        if task.is_live and not task.publish_from <= task.live_start.date() <= task.publish_until:
            found["dates"].append("live_outside_the_window")
        for code in term_problems(task.deal(), today=today):
            found["price" if code in OF_THE_PRICE else "dates"].append(code)
    return {step: codes for step, codes in found.items() if codes}


OF_THE_PRICE = {"fee_missing", "fee_not_wanted", "cps_missing", "gift_missing", "holdback_too_large"}


def _missing(task: Any, *names: str) -> list[str]:
    return [f"{name}_missing" for name in names if not getattr(task, name)]
