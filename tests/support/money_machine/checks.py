"""What must be true after a recovery: each of these finds nothing."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import F, Q, QuerySet, Sum

from marketplace.core import invariants
from marketplace.core.models import Delivery, Timer
from marketplace.ledger import chart
from marketplace.ledger.models import Balance, Journal
from marketplace.ledger.selectors import balance_of
from marketplace.payments.flows.reconcile import reconcile
from marketplace.payments.models import (
    Chargeback,
    ChargebackPart,
    DebtSettlement,
    Difference,
    Evidence,
    Funding,
    Payout,
    PayoutAccount,
    Refund,
    Transfer,
    TransferReversal,
)
from marketplace.payments.models.payout import public_id_of
from marketplace.payments.services.reconciliation import ask_reconciliation
from tests.support.money_machine.world import World

How, Place = DebtSettlement.How, ChargebackPart.Place
DECLINED = ("transfer_refused", "insufficient_capabilities_for_transfer")
# Of what is there, each reference and amount, without what failed: the test bank's tables, and the card acquirer's.
THERE = {
    "test_bank": """
        SELECT 'in', reference, amount_minor FROM standin_charge
        UNION ALL SELECT 'back', reference, amount_minor FROM standin_refund WHERE status <> 'failed'
        UNION ALL SELECT 'on', reference, amount_minor FROM standin_transfer
        UNION ALL SELECT 'taken back', reference, amount_minor FROM standin_reversal
        UNION ALL SELECT 'out', reference, amount_minor FROM standin_payout WHERE status <> 'failed'
    """,
    "stripe": """
        SELECT 'in', intent.metadata ->> 'reference', charge.amount_minor
        FROM standin_cardcharge AS charge JOIN standin_cardintent AS intent ON intent.id = charge.intent_id
        WHERE charge.status = 'succeeded'
        UNION ALL SELECT 'back', metadata ->> 'reference', amount_minor FROM standin_cardrefund
        WHERE status <> 'failed'
        UNION ALL SELECT 'on', metadata ->> 'reference', amount_minor FROM standin_connectedtransfer
        UNION ALL SELECT 'taken back', metadata ->> 'reference', amount_minor FROM standin_connectedreversal
        UNION ALL SELECT 'out', metadata ->> 'reference', amount_minor FROM standin_connectedpayout
        WHERE status <> 'failed'
    """,
}


def everything(world: World, *, whole: bool) -> list[str]:
    found = [*broken(world), *stuck(), *twice_or_lost(world), *nobody_below_nought()]
    found += [*of_the_world(world), *of_the_merchant(world), *of_the_payees(world), *standing(world)]
    return found or list(differing(world, whole=whole))


def broken(world: World) -> list[str]:
    return [*map(str, invariants.violations()), *map(str, world.bank.violations().items())]


def stuck() -> Iterator[str]:
    """Nothing waits for ever without a person, nothing was given up."""
    refused = Transfer.objects.filter(state="failed").exclude(failure__in=DECLINED)
    waiting = {
        "deliveries": Delivery.objects.exclude(state="done").values_list("handler", "error"),
        "dead timers": Timer.objects.filter(state="dead").values_list("kind", "error"),
        "payments in": Funding.objects.filter(state="submitting").values_list("public_id"),
        "refunds": Refund.objects.filter(state="submitting").values_list("public_id"),
        "transfers": Transfer.objects.filter(state__in=["submitting", "pending"]).values_list("public_id", "state"),
        "transfers taken back": TransferReversal.objects.filter(state="submitting").values_list("public_id"),
        "payouts": Payout.objects.filter(state__in=["submitting", "pending"]).values_list("public_id", "state"),
        "evidence": Evidence.objects.filter(state="submitting", chargeback__closed_at=None).values_list("failure"),
        # What a fault of ours refuses goes tomorrow; what the provider itself refuses it will refuse then, too.
        "refused for good": refused.values_list("public_id", "failure"),
    }
    for what, rows in waiting.items():
        if found := list(rows[:3]):
            yield f"{what}: {found}"


def twice_or_lost(world: World) -> Iterator[str]:
    """Whatever went, there as often and with the same money as here."""
    with world.bank.connect() as books:
        theirs = Counter(books.execute(THERE[world.side.name]).fetchall())
    ours = Counter(here())
    yield from (f"only here: {one} ({n})" for one, n in (ours - theirs).items())
    yield from (f"only there: {one} ({n})" for one, n in (theirs - ours).items())


def here() -> Iterator[tuple[str, str, int]]:
    went = {
        "in": Funding.objects.filter(state="paid"),
        "back": Refund.objects.filter(state__in=["sent", "done"]),
        "on": Transfer.objects.filter(state__in=["done", "reversed"]),
        "taken back": TransferReversal.objects.filter(state="done"),
    }
    for what, rows in went.items():
        for reference, minor in rows.values_list("public_id", "amount_minor"):
            yield what, reference, minor
    for payout in Payout.objects.filter(state__in=["in_transit", "paid"]):
        yield "out", payout.reference, payout.amount_minor


def nobody_below_nought() -> Iterator[str]:
    below = Balance.objects.filter(amount_minor__lt=0).exclude(account__kind__in=chart.MAY_BE_NEGATIVE)
    for code, minor in below.values_list("account__code", "amount_minor"):
        yield f"{code} has {minor}"


# --- nothing lost: the ledger, told once more by what was asked and done ---


def of_the_world(world: World) -> Iterator[str]:
    """What came in, less what left by every way and what the provider kept."""
    come = total(Funding.objects.filter(state="paid"))
    left = total(Refund.objects.filter(state="done")) + total(Payout.objects.filter(state="paid"))
    kept = total(Chargeback.objects.all(), "taken_minor")
    kept += sum(total(rows, "fee_minor") for rows in (Funding.objects, Refund.objects, Chargeback.objects))
    booked = -minor_of(world, chart.world(world.side.name))
    if booked != come - left - kept:
        yield f"in are {come}, out {left}, kept by the provider and payers' banks {kept}; the ledger has {booked}"


def of_the_merchant(world: World) -> Iterator[str]:
    """In its wallet and protected: what it paid, less what went back, on, and was taken, plus what came back."""
    paid = total(Funding.objects.filter(state="paid")) - total(Refund.objects.exclude(state="returned"))
    released = sum(release.total_minor for release in world.releases if was_posted(release.public_id))
    taken = total(ChargebackPart.objects.filter(back_at=None, place__in=[Place.PROTECTED, Place.WALLET]))
    came_back = total(TransferReversal.objects.filter(state__in=["done", "owed"]))
    settled = total(DebtSettlement.objects.filter(how__in=[How.WALLET, How.UNDONE]))
    own = Balance.objects.filter(account__kind__in=["wallet", "protected", "reserved"])
    expected = paid - released - taken + came_back - settled
    if (there := total(own)) != expected:
        moved = f"{released} released, {taken} taken, {came_back} came back, {settled} settled"
        yield f"the merchant has {there} of {paid}: {moved}"


def of_the_payees(world: World) -> Iterator[str]:
    """Of each release everybody has her share, as transfers or kept for what she owed; of one that was not, nothing."""
    known = {release.public_id for release in world.releases}
    if strange := Transfer.objects.exclude(release__in=known).count():
        yield f"{strange} transfers of no release"
    for release in world.releases:
        kept = DebtSettlement.objects.filter(release=release.public_id, how=How.EARNINGS)
        got = Counter(
            dict(Transfer.objects.filter(release=release.public_id).values_list("party").annotate(Sum("amount_minor")))
        )
        got.update(dict(kept.values_list("debt__party").annotate(Sum("amount_minor"))))
        due = release.shares if was_posted(release.public_id) else {}
        if got != Counter(due):
            yield f"{release.public_id}: {due} were due, {dict(got)} got"


# --- the provider's accounts ---


def standing(world: World) -> Iterator[str]:
    """On each payee's account, and on the platform's, as much as we believe."""
    api = world.side
    not_sent = Q(state__in=["pending", "on_hold"])
    for account in PayoutAccount.objects.filter(provider=api.name).select_related("party"):
        waits = total(Payout.objects.filter(not_sent, party=account.party))
        believed = minor_of(world, chart.connected(account.party.public_id, account.party_id)) + waits
        if (theirs := api.balance_of(account)) != believed:
            yield f"{account.party.name} has {theirs} there, {believed} here"
    elsewhere = total(Balance.objects.filter(account__kind__in=["connected", "in_transit", "clearing"]))
    believed = -minor_of(world, chart.world(api.name)) - elsewhere
    if (theirs := api.stands()) != believed:
        yield f"the platform has {theirs} there, {believed} here"


def differing(world: World, *, whole: bool) -> Iterator[str]:
    """By the product's own comparison."""
    run = ask_reconciliation(actor=world.house.finance[0].actor, provider=world.side.name, whole=whole)
    reconcile(run.public_id)
    for difference in Difference.objects.exclude(state="resolved"):
        said = (difference.cause, difference.kind, difference.reference, state_of(difference.reference))
        yield f"{said}: {difference.here_minor} here, {difference.there_minor} there"


def state_of(reference: str) -> str:
    for model in (Funding, Refund, Transfer, TransferReversal, Payout):
        for row in model.objects.filter(public_id=public_id_of(reference)):
            return f"{row.state}, {getattr(row, 'failure', '')}, try {getattr(row, 'tries', 1)}"
    return ""


def was_posted(release: str) -> bool:
    return Journal.objects.filter(idempotency_key=f"released:{release}").exists()


def minor_of(world: World, ref: chart.AccountRef) -> int:
    return balance_of(ref, world.side.currency).amount_minor


def total(rows: QuerySet, what: str = "amount_minor") -> int:
    return rows.aggregate(total=Sum(F(what)))["total"] or 0
