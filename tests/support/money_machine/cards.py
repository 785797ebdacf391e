"""What only cards know: refunds that fail after they were done, and chargebacks."""

from marketplace.payments.flows.chargebacks import hear
from marketplace.payments.models import Chargeback, Funding, Refund
from marketplace.payments.services.chargebacks import gather_again, write_evidence
from tests.support.money_machine.moves import part_of
from tests.support.money_machine.world import NOTHING, World, pick

DISPUTED = "SELECT id FROM standin_carddispute ORDER BY created_at DESC, id"
LEFT = """
SELECT charge.amount_minor - charge.refunded_minor - coalesce(sum(dispute.amount_minor), 0)::bigint
FROM standin_cardcharge AS charge
LEFT JOIN standin_carddispute AS dispute ON dispute.charge_id = charge.id AND dispute.status <> 'won'
WHERE charge.id = %s GROUP BY charge.id
"""


def refund_fails(world: World, which: int) -> object:
    refund = pick(Refund.objects.exclude(provider_refund=""), which)
    if refund is None:
        return NOTHING
    return world.press(f"/_refunds/{refund.provider_refund}", how="fail") or NOTHING


def charge_back(world: World, which: int, permille: int) -> object:
    """A payer's bank takes a payment back, all that is left of it or a part; and of the same one again."""
    paid = pick(Funding.objects.exclude(charge=""), which)
    if paid is None:
        return NOTHING
    with world.bank.connect() as books:
        left = books.execute(LEFT, [paid.charge]).fetchone()[0]
    minor = part_of(left, permille)
    if not minor:
        return NOTHING
    return world.press("/_disputes", charge=paid.charge, amount_minor=minor, reason="fraudulent") or NOTHING


def decide(world: World, which: int, won: bool) -> object:
    with world.bank.connect() as books:
        disputes = [row[0] for row in books.execute(DISPUTED).fetchall()]
    if not disputes:
        return NOTHING
    return world.press(f"/_disputes/{disputes[which % len(disputes)]}", how="win" if won else "lose") or NOTHING


def hear_of_it(world: World, which: int) -> object:
    """Fetched once more, as a webhook would have it."""
    with world.bank.connect() as books:
        disputes = [row[0] for row in books.execute(DISPUTED).fetchall()]
    if not disputes:
        return NOTHING
    return hear("stripe", disputes[which % len(disputes)])


def answer(world: World, which: int, hand_in: bool) -> object:
    """Finance write our evidence, and hand it in or have it gathered again."""
    chargeback = pick(Chargeback.objects.all(), which)
    if chargeback is None:
        return NOTHING
    actor, public_id = world.house.finance[0].actor, chargeback.public_id
    if not hand_in:
        return gather_again(actor=actor, public_id=public_id)
    words = {"uncategorized_text": "It was delivered."}
    return write_evidence(actor=actor, public_id=public_id, words=words, and_hand_in=True)
