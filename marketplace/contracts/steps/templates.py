"""Versions of the contract's words are locked and written here; what they say is judged in `library/`."""

import re
from collections.abc import Sequence

from django.db.models import Q

from marketplace.contracts.documents import canonical, sha256
from marketplace.contracts.library.clause import ClauseText
from marketplace.contracts.machine import TemplateState
from marketplace.contracts.models import Clause, ContractTemplate
from marketplace.contracts.models.clause import COLUMNS
from marketplace.core import clock
from marketplace.core.errors import Conflict, NotFound
from marketplace.core.locks import lock
from marketplace.core.tx import step

AT_MOST = 5  # publications that somebody waits for
STEP = 10  # between places, so that a clause can be put between two
NUMBERED = re.compile(r"(\d{4}-\d{2})\.(\d+)")


@step
def lock_template(public_id: str) -> tuple[ContractTemplate, ContractTemplate]:
    """It and the one in force, both held. Raises NotFound.

    Whoever waited for a publication held a row that is retired by now: she asks again for the one that took its place.
    """
    wanted = ContractTemplate.objects.filter(Q(public_id=public_id) | Q(state=TemplateState.PUBLISHED))
    for _attempt in range(AT_MOST):
        rows = lock(wanted, "contract_template")
        template = next((one for one in rows if one.public_id == public_id), None)
        published = next((one for one in rows if one.state == TemplateState.PUBLISHED), None)
        if template is None:
            raise NotFound
        if published is not None:
            return template, published
    raise Conflict


@step
def write_clauses(template: ContractTemplate, clauses: Sequence[ClauseText]) -> None:
    """All of them anew, in their order, at places ten apart."""
    template.clauses.all().delete()
    placed = [Clause.of(template, one) for one in clauses]
    for place, clause in enumerate(placed, start=1):
        clause.place = place * STEP
    Clause.objects.bulk_create(placed)


def next_version() -> str:
    """`2026-11.3`: the year and month, and the next number in it."""
    month = f"{clock.today():%Y-%m}"
    known = ContractTemplate.objects.filter(version__startswith=f"{month}.").values_list("version", flat=True)
    numbers = [int(found[2]) for version in known if (found := NUMBERED.fullmatch(version))]
    return f"{month}.{max(numbers, default=0) + 1}"


def fingerprint(clauses: Sequence[ClauseText]) -> str:
    """Of all words and conditions in their order, whatever the numbers of their places."""
    return sha256(canonical([{name: getattr(one, name) for name in COLUMNS if name != "place"} for one in clauses]))
