"""The terms of an offer are possible, and leave untouched what the task does not put up for negotiation."""

from marketplace.campaigns.models import VTask
from marketplace.contracts.errors import ImpossibleTerms
from marketplace.contracts.terms import KILL_FEE_BP, DealTerms, problems
from marketplace.core import clock
from marketplace.core.tx import step

# Currency and price model are the task's; zone, calendar and the kinds of protection are the platform's.
FIXED = ("currency", "price_model", "time_zone", "calendar", "disclosure")


@step
def check_terms(task: VTask, terms: DealTerms) -> None:
    """Raises ImpossibleTerms with the codes of what is wrong."""
    found = problems(terms, today=clock.today(task.party.time_zone))
    asked = task.deal()
    found += [f"{name}_is_fixed" for name in FIXED if getattr(terms, name) != getattr(asked, name)]
    if set(terms.kill_fee_bp) != set(KILL_FEE_BP) or not all(0 <= bp <= 10_000 for bp in terms.kill_fee_bp.values()):
        found.append("kill_fee_bp_is_fixed")
    if found:
        raise ImpossibleTerms(problems=found)
