"""What the checks found, and what happened to a version, in people's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.library.checks import Finding
from marketplace.contracts.library.clause import Begins, ClauseText
from marketplace.contracts.library.conditions import NOT, label_of
from marketplace.contracts.library.matters import MATTERS

FINDINGS = {
    "language_missing": _("Both languages are needed."),
    "heading_en_form": _("A heading in English is capitals, spaces and commas: it is numbered by itself."),
    "heading_zh_form": _(
        "A heading in Chinese is at most twelve characters without a space: it is numbered by itself."
    ),
    "section_conditional": _("A section is in every contract: put the condition on its clauses."),
    "placeholder_unknown": _("There is no such placeholder: %(names)s"),
    "braces": _("Braces stand only around placeholders."),
    "placeholders_differ": _("The other language has this, too: %(names)s"),
    "condition_unknown": _("There is no such condition."),
    "never_said": _("These conditions never hold together: it would never be said."),
    "value_missing": _("%(name)s has a value only where: %(where)s"),
    "matter_missing": _("Nothing says: %(matter)s. It is missing where: %(where)s"),
    "matter_always_missing": _("Nothing says: %(matter)s."),
}
_MATTERS = {matter.code: matter.label for matter in MATTERS}


def said_finding(finding: Finding) -> str:
    code, of = finding.code, finding.of
    if code == "value_missing":
        return str(FINDINGS[code]) % {"name": braced(of[0]), "where": listed(of[1:])}
    if code == "matter_missing":
        matter = _MATTERS[of[0]] if len(of) == 1 else f"{_MATTERS[of[0]]} {braced(of[1])}"
        where = listed(name if value else f"{NOT}{name}" for name, value in finding.where.items())
        return str(FINDINGS[code if where else "matter_always_missing"]) % {"matter": matter, "where": where}
    return str(FINDINGS[code]) % {"names": gettext(", ").join(braced(name) for name in of)}


def braced(name: str) -> str:
    return f"{{{{ {name} }}}}"


def listed(codes: Iterable[str]) -> str:
    return gettext("; ").join(label_of(code) for code in codes)


EVENTS = {
    "contract_template.copied": _("Copied from %(source)s, to replace %(replaces)s"),
    "contract_template.edited": _("Edited: %(clauses)s"),
    "contract_template.published": _("Published"),
    "contract_template.retired": _("Retired by %(by_version)s"),
    "contract_template.discarded": _("Discarded"),
}


def said_event(name: str, data: Mapping[str, object]) -> str:
    listed_clauses = gettext(", ").join(data.get("clauses") or ()) or gettext("the note")
    return str(EVENTS[name]) % {**data, "clauses": listed_clauses}


@dataclass(frozen=True, slots=True)
class Said:
    """Of a clause: where it is said, and how it follows."""

    where: str
    follows: str


def said_clause(clause: ClauseText | None) -> Said | None:
    if clause is None:
        return None
    return Said(listed(clause.conditions) or gettext("always"), str(Begins(clause.begins).label))
