"""Contracts between the demo's people, paid at the running bank and worked on so far: one for each row of the
kill-fee table, one to dispute, and one whose free rounds of changes are used. Prints their ids as JSON.

Run it beside a running stack, in its environment: `python -m tests.support.deals_on_stage`.
"""

import json
import sys
import time

import django

django.setup()

from marketplace.accounts.models import Membership, User  # noqa: E402
from marketplace.contracts.models import Contract  # noqa: E402
from marketplace.core.actor import Actor, Role  # noqa: E402
from marketplace.web.demo import bank  # noqa: E402
from tests.factories.funded import approved, handed_in, published, signed  # noqa: E402
from tests.factories.people import Person  # noqa: E402
from tests.factories.rounds import priced  # noqa: E402

PATIENCE = 30


def person(email: str) -> Person:
    user = User.objects.get(email=email)
    party = Membership.objects.get(user=user).party
    return Person(user, party, Actor(user_id=user.pk, party_id=party.pk, role=Role.OWNER, can_sign=True))


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
    merchant, anchor = person("mei@chenyu.example"), person("xiawei@xiawei.example")
    agency = person("lan@northquay.example")
    there = {"before_funds": signed(merchant, anchor, agency)}
    for stage in ("funded", "script_approved", "draft_delivered", "approved_unpublished", "disputed"):
        there[stage] = paid(merchant, anchor, agency)
    there["no_rounds_left"] = paid(merchant, anchor, agency, deal=priced())
    handed_in(anchor, there["no_rounds_left"], 2)
    approved(merchant, anchor, there["script_approved"], 1)
    handed_in(anchor, there["draft_delivered"], 2)
    approved(merchant, anchor, there["approved_unpublished"], 3)
    published(merchant, anchor, there["disputed"], 3)
    sys.stdout.write(json.dumps({stage: contract.public_id for stage, contract in there.items()}))


main()
