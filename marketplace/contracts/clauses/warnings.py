"""Terms that are unusual enough to look at twice, by whom they burden. Pure.

Free words are searched for signs only: a warning says that something stands there, never what it means in law.
"""

import re
from collections.abc import Iterable

from marketplace.contracts.clauses.cards import MERCHANT
from marketplace.contracts.clauses.found import Clause
from marketplace.contracts.terms import DealTerms

MANY_ROUNDS = 5
LONG_RIGHTS = 24  # months
FOR_EVER = 120
LATE = 60  # days: EU Directive 2011/7, article 3(5), lets businesses agree on more only if that is not grossly unfair
LATE_IN_BUSINESS_DAYS = 42
SHORT_REVIEW = 2
SHORT_STAY = 7

PERPETUAL = re.compile(r"perpetu|in perpetuity|forever|for ever|irrevocabl|永久|无限期|不限期|永远", re.IGNORECASE)
PENALTY = re.compile(r"penalt|liquidated damages|违约金|罚款|罚金|双倍|赔偿", re.IGNORECASE)
EXCLUSIVE = re.compile(r"exclusiv|competitor|独家|排他|竞品|不得.{0,6}(接|合作|代言)", re.IGNORECASE)
ENDLESS = re.compile(
    r"unlimited (revision|change|round|edit)|until (we are )?satisfied|不限.{0,4}(修改|次)|改到满意", re.IGNORECASE
)


def warnings(deal: DealTerms, words: Iterable[str], side: str) -> list[Clause]:
    """`words` is what the parties typed in the brief."""
    said = "\n".join([*words, deal.rights_where, deal.samples, deal.disclosure, deal.gift])
    found = _of_the_merchant(deal) if side == MERCHANT else _of_the_anchor(deal, said)
    if not deal.disclosure.strip():
        found.append(Clause("no_disclosure"))
    return found


def _of_the_anchor(deal: DealTerms, said: str) -> list[Clause]:
    signs = {
        "endless_changes": bool(ENDLESS.search(said)),
        "many_rounds": deal.revision_rounds >= MANY_ROUNDS,
        "perpetual_rights": bool(PERPETUAL.search(said)) or deal.rights_months >= FOR_EVER,
        "long_rights": LONG_RIGHTS <= deal.rights_months < FOR_EVER,
        "late_payment": _is_late(deal),
        "penalty": bool(PENALTY.search(said)),
        "exclusivity": bool(EXCLUSIVE.search(said)),
        "no_kill_fee": bool(deal.fee_minor) and _costs_nothing_to_cancel(deal),
    }
    facts: dict[str, dict[str, str | int]] = {
        "many_rounds": {"rounds": deal.revision_rounds},
        "long_rights": {"months": deal.rights_months},
    }
    return [Clause(code, facts.get(code, {})) for code, stands in signs.items() if stands]


def _of_the_merchant(deal: DealTerms) -> list[Clause]:
    signs = {
        "short_review": deal.review_days < SHORT_REVIEW,
        "no_changes": deal.revision_rounds == 0,
        "short_stay": deal.stay_up_days < SHORT_STAY,
        "all_owed_at_once": bool(deal.fee_minor) and deal.kill_fee_bp["funded"] == 10_000,
    }
    facts: dict[str, dict[str, str | int]] = {
        "short_review": {"days": deal.review_days},
        "short_stay": {"days": deal.stay_up_days},
    }
    return [Clause(code, facts.get(code, {})) for code, stands in signs.items() if stands]


def _is_late(deal: DealTerms) -> bool:
    """Something of the fee comes sixty days or more after the work for it was done."""
    kept_back = bool(deal.holdback_bp) and deal.stay_up_days >= LATE
    return bool(deal.fee_minor) and (kept_back or deal.review_days >= LATE_IN_BUSINESS_DAYS)


def _costs_nothing_to_cancel(deal: DealTerms) -> bool:
    return not any(deal.kill_fee_bp[stage] for stage in ("funded", "script_approved", "draft_delivered"))
