"""What each kind of check asks for, from whom, and whether it is all there. Pure: a table and a few dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

ADULT = 18
YOUNGEST = 16  # China's rules for live commerce: nobody under 16 broadcasts, 16–17 only with a guardian's consent
OLDEST = 120

MERCHANT, ANCHOR, PAYEE = "merchant", "anchor", "payee"
KINDS_OF = {
    "brand": (MERCHANT,),
    "supplier": (MERCHANT,),
    "anchor": (ANCHOR, PAYEE),
    "agency": (PAYEE,),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Columns and papers; those of a guardian are asked for only when there must be one."""

    fields: tuple[str, ...]
    optional: tuple[str, ...]
    documents: tuple[str, ...]
    guardian_fields: tuple[str, ...] = ()
    guardian_documents: tuple[str, ...] = ()

    @property
    def all_fields(self) -> tuple[str, ...]:
        return self.fields + self.optional + self.guardian_fields

    @property
    def all_documents(self) -> tuple[str, ...]:
        return self.documents + self.guardian_documents


ASKED = {
    MERCHANT: Asked(("legal_name", "address", "country", "registration_number"), ("tax_id",), ("registration",)),
    ANCHOR: Asked(
        ("legal_name", "birth_on"),
        (),
        ("identity",),
        ("guardian_name", "guardian_email"),
        ("guardian_identity",),
    ),
    PAYEE: Asked(("legal_name", "country"), (), ("holder",)),
}


def age_on(birth_on: date, today: date) -> int:
    """Full years. Who was born on 29 February has a birthday on 1 March in other years."""
    return today.year - birth_on.year - ((today.month, today.day) < (birth_on.month, birth_on.day))


def needs_guardian(birth_on: date | None, today: date) -> bool:
    return birth_on is not None and age_on(birth_on, today) < ADULT


def missing(kind: str, values: Mapping[str, object], documents: Iterable[str], today: date) -> list[str]:
    """Names of columns and papers that are still asked for."""
    asked, there = ASKED[kind], set(documents)
    fields, papers = asked.fields, asked.documents
    if needs_guardian(values.get("birth_on"), today):
        fields, papers = fields + asked.guardian_fields, papers + asked.guardian_documents
    return [name for name in fields if not values.get(name)] + [name for name in papers if name not in there]
