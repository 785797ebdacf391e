"""When a clause is said: named predicates and their opposites, chosen from a list. There is no language of expressions.

A predicate is asked about what is drafted and about the language that it is written in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext_lazy as _

from marketplace.contracts.library.draft import Draft
from marketplace.contracts.terms import DeliverableKind

NOT = "not_"
BEFOREHAND = frozenset({DeliverableKind.SCRIPT, DeliverableKind.DRAFT})


@dataclass(frozen=True, slots=True)
class Condition:
    """`label` says that it holds, `opposite` that it does not."""

    code: str
    label: str
    opposite: str
    holds: Callable[[Draft, str], bool]


CONDITIONS: dict[str, Condition] = {}


def condition(label: str, opposite: str) -> Callable[[Callable[[Draft, str], bool]], Callable[[Draft, str], bool]]:
    def keep(holds: Callable[[Draft, str], bool]) -> Callable[[Draft, str], bool]:
        CONDITIONS[holds.__name__] = Condition(holds.__name__, label, opposite, holds)
        return holds

    return keep


@condition(_("this language governs"), _("the other language governs"))
def governs(draft: Draft, language: str) -> bool:
    """The text that is being written is the one that counts; the other is a courtesy."""
    return draft.governing == language


@condition(_("an agency is a party"), _("no agency is a party"))
def with_agency(draft: Draft, _language: str) -> bool:
    """An agency represents the anchor for this kind of work; it signs and has a share."""
    return "agency" in draft.parties


@condition(_("a guardian co-signs"), _("no guardian co-signs"))
def with_guardian(draft: Draft, _language: str) -> bool:
    """The anchor is under age."""
    return bool(draft.guardian)


@condition(_("there is a fee"), _("there is no fee"))
def with_fee(draft: Draft, _language: str) -> bool:
    """Money that is protected before work starts: every price model but pure CPS and barter."""
    return draft.deal.fee_minor > 0


@condition(_("there is a commission"), _("there is no commission"))
def with_commission(draft: Draft, _language: str) -> bool:
    """CPS: a share of what buyers pay."""
    return draft.deal.cps_bp > 0


@condition(_("the anchor receives something"), _("the anchor receives nothing but money"))
def with_gift(draft: Draft, _language: str) -> bool:
    """Goods for the work: always in barter."""
    return bool(draft.deal.gift)


@condition(_("there are samples"), _("there are no samples"))
def with_samples(draft: Draft, _language: str) -> bool:
    """Products that are sent to be shown."""
    return bool(draft.deal.samples)


@condition(_("a part is kept back until the stay-up date"), _("nothing is kept back"))
def with_holdback(draft: Draft, _language: str) -> bool:
    """A share of each release waits until the work has stayed up."""
    return draft.deal.holdback_bp > 0


@condition(_("further rounds can be bought"), _("no further round can be bought"))
def with_extra_round(draft: Draft, _language: str) -> bool:
    """The contract names the price of a round of changes beyond the free ones."""
    return draft.a_round is not None


@condition(_("paid advertising is included"), _("paid advertising is not included"))
def with_paid_use(draft: Draft, _language: str) -> bool:
    """The merchant may advertise with the work."""
    return draft.deal.paid_use


@condition(_("it says where the work may be used"), _("it does not say where the work may be used"))
def with_rights_where(draft: Draft, _language: str) -> bool:
    """Otherwise the merchant may share it where it was published."""
    return bool(draft.deal.rights_where)


@condition(_("words of disclosure are agreed"), _("no words of disclosure are agreed"))
def with_disclosure(draft: Draft, _language: str) -> bool:
    """The work says that it is sponsored, with these words."""
    return bool(draft.deal.disclosure)


@condition(_("a live session is owed"), _("no live session is owed"))
def with_live(draft: Draft, _language: str) -> bool:
    """One of the deliverables is a live."""
    return any(one.kind == DeliverableKind.LIVE for one in draft.deal.deliverables)


@condition(_("something is shown before publishing"), _("nothing is shown before publishing"))
def with_draft(draft: Draft, _language: str) -> bool:
    """One of the deliverables is a script or a draft."""
    return any(one.kind in BEFOREHAND for one in draft.deal.deliverables)


# What cannot be otherwise, whatever is agreed (`terms.problems`): the names that it is about, and what holds of them.
Rule = tuple[frozenset[str], Callable[[Mapping[str, bool]], bool]]
RULES: tuple[Rule, ...] = (
    # Work is paid for with a fee, a commission or goods.
    (
        frozenset({"with_fee", "with_commission", "with_gift"}),
        lambda facts: facts["with_fee"] or facts["with_commission"] or facts["with_gift"],
    ),
    # A further round costs at most the fee; without a fee there is none.
    (frozenset({"with_extra_round", "with_fee"}), lambda facts: facts["with_fee"] or not facts["with_extra_round"]),
)


def facts_of(draft: Draft, language: str) -> dict[str, bool]:
    return {code: one.holds(draft, language) for code, one in CONDITIONS.items()}


def name_of(code: str) -> str:
    return code.removeprefix(NOT)


def is_known(code: str) -> bool:
    return name_of(code) in CONDITIONS


def holds(code: str, facts: Mapping[str, bool]) -> bool:
    return facts[name_of(code)] != code.startswith(NOT)


def label_of(code: str) -> str:
    one = CONDITIONS.get(name_of(code))
    if one is None:
        return code
    return str(one.opposite if code.startswith(NOT) else one.label)


def choices() -> list[tuple[str, str]]:
    """Every condition, each followed by its opposite."""
    return [(code, label_of(code)) for name in CONDITIONS for code in (name, NOT + name)]


def combinations(codes: Iterable[str]) -> Iterator[dict[str, bool]]:
    """Every way in which the named conditions can turn out together, those that rules tie to them included."""
    names = {name_of(code) for code in codes}
    for tied, _rule in RULES:
        if names & tied:
            names |= tied
    rules = [rule for tied, rule in RULES if tied <= names]
    ordered = [name for name in CONDITIONS if name in names]
    for values in product((False, True), repeat=len(ordered)):
        facts = dict(zip(ordered, values, strict=True))
        if all(rule(facts) for rule in rules):
            yield facts
