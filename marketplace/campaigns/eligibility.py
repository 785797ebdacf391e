"""What a V task asks of an anchor, held against what her card says. Pure: each requirement with what is wanted, what is
there and whether it is met, so that nobody is turned away without a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The eligibility of a V task; empty means that it does not matter."""

    min_followers: int = 0
    categories: Sequence[str] = ()
    regions: Sequence[str] = ()
    languages: Sequence[str] = ()
    platforms: Sequence[str] = ()
    verified_channel: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """`wanted` and `has` are values for the sentence of `name`."""

    name: str
    met: bool
    wanted: Any
    has: Any


def requirements(asked: Asked, facts: Mapping[str, Any]) -> list[Requirement]:
    """What is asked, in a fixed order; what does not matter is left out."""
    channels = facts.get("channels", [])
    on_platform = [one for one in channels if not asked.platforms or one["platform"] in asked.platforms]
    found = []
    if asked.platforms:
        names = sorted({one["platform"] for one in channels})
        found.append(Requirement("platforms", bool(on_platform), list(asked.platforms), names))
    if asked.min_followers:
        most = max((one.get("followers") or 0 for one in on_platform), default=0)
        found.append(Requirement("min_followers", most >= asked.min_followers, asked.min_followers, most))
    if asked.verified_channel:
        verified = [one["platform"] for one in on_platform if one.get("proof") == "verified"]
        found.append(Requirement("verified_channel", bool(verified), True, verified))
    for name in ("categories", "languages"):
        wanted = getattr(asked, name)
        if wanted:
            has = facts.get(name, [])
            found.append(Requirement(name, bool(set(wanted) & set(has)), list(wanted), has))
    if asked.regions:
        region = facts.get("region", "")
        found.append(Requirement("regions", region in asked.regions, list(asked.regions), region))
    return found


def missing(asked: Asked, facts: Mapping[str, Any]) -> list[Requirement]:
    return [one for one in requirements(asked, facts) if not one.met]
