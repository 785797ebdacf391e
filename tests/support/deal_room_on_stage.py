"""An open V task of the demo's merchant and an application for it by an anchor of her own, whom the demo's agency
represents. Prints the application's id and the addresses of the anchor and of a second of our staff as JSON.

Run it beside a running stack, in its environment: `python -m tests.support.deal_room_on_stage`.
"""

import json
import sys

import django

django.setup()

from marketplace.accounts.models import PartyCard  # noqa: E402
from marketplace.web.demo.people import represent  # noqa: E402
from tests.factories.tasks import CHANNEL, applied, open_task  # noqa: E402
from tests.support.deals_on_stage import judge, newcomer, person  # noqa: E402


def main() -> None:
    merchant, anchor, agency = person("mei@chenyu.example"), newcomer(), person("lan@northquay.example")
    represent(agency, anchor)
    facts = {"categories": ["home"], "region": "CN-ZJ", "languages": ["cmn"], "channels": [CHANNEL]}
    PartyCard.objects.filter(party=anchor.party).update(facts=facts)
    application = applied(anchor, open_task(merchant, title="岩茶开播"))
    there = {"application": application.public_id, "anchor": anchor.user.email, "judge": judge()}
    sys.stdout.write(json.dumps(there))


if __name__ == "__main__":
    main()
