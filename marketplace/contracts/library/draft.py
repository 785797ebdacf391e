"""What a contract is written from: values only, frozen before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from marketplace.contracts.terms import DealTerms
from marketplace.contracts.waterfall import Waterfall


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`parties` by role (merchant, anchor, agency), each with id, name and legal_name; `a_round` is what falls where of
    a further round of changes, None where none can be bought; `governing` is the language that counts."""

    number: str
    title: str
    governing: str
    drafted_at: datetime
    template_version: str
    parties: Mapping[str, Mapping[str, str]]
    guardian: str
    deal: DealTerms
    brief: Mapping[str, str | Mapping[str, str]]
    falls: Waterfall
    a_round: Waterfall | None
    terms_sha256: str
