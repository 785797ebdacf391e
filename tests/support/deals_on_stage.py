"""Contracts of the demo's merchant and agency with an anchor of their own, paid at the running bank, worked on so far:
one for each row of the kill-fee table, one to dispute, and one whose free rounds of changes are used. Prints their ids
and the addresses of the anchor and of a second of our staff as JSON. Xia Wei has no part in them: another test counts
what she was paid.

Run it beside a running stack, in its environment: `python -m tests.support.deals_on_stage`.
"""

import json
import sys
import time

import django

django.setup()

from marketplace.accounts.models import Membership, Party, StaffGrant, User  # noqa: E402
from marketplace.accounts.models.party import PartyState  # noqa: E402
from marketplace.accounts.services.parties import found_party  # noqa: E402
from marketplace.contracts.models import Contract  # noqa: E402
from marketplace.core.actor import Actor, Role  # noqa: E402
from marketplace.web.demo import bank  # noqa: E402
from marketplace.web.demo.people import PASSWORD, represent  # noqa: E402
from tests.factories.deals import verify as verified  # noqa: E402
from tests.factories.funded import approved, handed_in, published, signed  # noqa: E402
from tests.factories.people import Person, make_user  # noqa: E402
from tests.factories.rounds import priced  # noqa: E402

PATIENCE = 30


def person(email: str) -> Person:
    user = User.objects.get(email=email)
    party = Membership.objects.get(user=user).party
    return Person(user, party, Actor(user_id=user.pk, party_id=party.pk, role=Role.OWNER, can_sign=True))


def newcomer() -> Person:
    """An anchor whom a visitor can sign in as, like the people of the demo."""
    user = make_user("夏末", f"xiamo.{time.time_ns()}@example.com", language="zh-hans")
    user.set_password(PASSWORD)
    user.save()
    party = found_party(actor=Actor(user_id=user.pk), kind="anchor", name="夏末 Xia Mo")
    Party.objects.filter(pk=party.pk).update(state=PartyState.ACTIVE)
    verified(party, "anchor")
    return person(user.email)


def judge() -> str:
    """A second of our staff, for whoever decided does not settle the appeal."""
    user = make_user("Second Chair", f"judge.{time.time_ns()}@mooring.example", is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    StaffGrant.objects.create(user=user, role=StaffGrant.Role.OPERATIONS)
    return user.email


def paid(merchant: Person, anchor: Person, agency: Person, **changed: object) -> Contract:
    contract = signed(merchant, anchor, agency, **changed)
    bank.pay(merchant.actor, contract)
    deadline = time.monotonic() + PATIENCE
    while contract.state != "active":  # the worker takes the payment
        assert time.monotonic() < deadline, contract.state
        time.sleep(0.05)
        contract.refresh_from_db()
    return contract


def main() -> None:
    merchant, anchor, agency = person("mei@chenyu.example"), newcomer(), person("lan@northquay.example")
    represent(agency, anchor)
    there = {"before_funds": signed(merchant, anchor, agency)}
    for stage in ("funded", "script_approved", "draft_delivered", "approved_unpublished", "disputed"):
        there[stage] = paid(merchant, anchor, agency)
    there["no_rounds_left"] = paid(merchant, anchor, agency, deal=priced())
    handed_in(anchor, there["no_rounds_left"], 2)
    approved(merchant, anchor, there["script_approved"], 1)
    handed_in(anchor, there["draft_delivered"], 2)
    approved(merchant, anchor, there["approved_unpublished"], 3)
    published(merchant, anchor, there["disputed"], 3)
    ids = {stage: contract.public_id for stage, contract in there.items()}
    sys.stdout.write(json.dumps(ids | {"anchor": anchor.user.email, "judge": judge()}))


if __name__ == "__main__":
    main()
