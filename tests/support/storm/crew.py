"""Who takes part: two merchants (one with a limit and a colleague), three anchors with accounts, an agency, staff."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.core.actor import Role, StaffRole
from marketplace.payments.services.approvals import set_limit
from tests.factories.deals import verify
from tests.factories.payees import payee
from tests.factories.people import Person, make_member, make_owner, make_staff
from tests.factories.world import represented
from tests.support.bank import Bank
from tests.support.relay import relay_all

LIMIT_MINOR = 700_000


@dataclass(frozen=True)
class Crew:
    merchants: Sequence[Person]
    colleagues: Sequence[Person]  # finance of each merchant, in the same order
    anchors: Sequence[Person]
    agency: Person  # of the first anchor
    operations: Person
    other_operations: Person
    finance: Person

    @property
    def payees(self) -> list[Person]:
        return [*self.anchors, self.agency]

    def others(self, anchor: Person) -> list[Person]:
        """Who signs beside merchant and anchor."""
        return [self.agency] if anchor is self.anchors[0] else []


def muster(bank: Bank) -> Crew:
    """Everybody, verified and with an account at the bank."""
    merchants = [make_owner("brand", name) for name in ("Chenyu Tea", "Far Away Tea")]
    anchors = [make_owner("anchor", name) for name in ("Xia Wei", "Lin Bo", "Tan Mu")]
    agency = make_owner("agency", "North Quay")
    crew = Crew(
        merchants=merchants,
        colleagues=[make_member(one.party, Role.FINANCE) for one in merchants],
        anchors=anchors,
        agency=agency,
        operations=make_staff(StaffRole.OPERATIONS),
        other_operations=make_staff(StaffRole.OPERATIONS),
        finance=make_staff(StaffRole.FINANCE),
    )
    for anchor in anchors:
        verify(anchor.party, "anchor")
    represented(agency, anchors[0])
    for person in crew.payees:
        payee(bank, person)
    set_limit(actor=merchants[0].actor, currency="CNY", limit_minor=LIMIT_MINOR)
    relay_all()
    return crew
