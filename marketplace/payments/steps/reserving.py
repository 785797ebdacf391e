"""Wallet money set aside for a V task, and back. Each part keeps its charge and its clocks."""

from marketplace.accounts.models import Party
from marketplace.core.actor import Actor
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.ledger import chart, plans
from marketplace.ledger.plan import oldest_first
from marketplace.ledger.selectors import as_balances, journals_of, open_lots
from marketplace.ledger.steps.posting import post
from marketplace.payments.events import WalletRefilled
from marketplace.payments.steps.debts import require_no_debt
from marketplace.payments.steps.lot_clocks import start_clocks


@step
def reserve(*, party: Party, task: str, money: Money) -> None:
    """Oldest charges first. Raises LotsDoNotCover, InDebt. The caller has locked the party."""
    require_no_debt(party.pk)
    wallet = chart.wallet(party.public_id, party.pk)
    move_parts(wallet, chart.reserved(task, party.pk), money, kind="reserved", reference=task)


@step
def release_reserve(*, party: Party, task: str, currency: str) -> Money:
    """Everything that is still reserved goes back into the wallet; returns how much."""
    account = chart.reserved(task, party.pk)
    left = Money(sum(lot.remaining_minor for lot in open_lots(account, currency)), currency)
    if left:
        move_parts(account, chart.wallet(party.public_id, party.pk), left, kind="unreserved", reference=task)
        refilled = WalletRefilled(
            aggregate=task, party=party.public_id, amount_minor=left.amount_minor, currency=currency
        )
        record(refilled, by=Actor.system("payments"))
    return left


@step
def move_parts(
    source: chart.AccountRef, destination: chart.AccountRef, money: Money, *, kind: str, reference: str
) -> list[str]:
    """The lots split: the moving part of each becomes a child lot with the same charge; returns the children.

    Raises LotsDoNotCover.
    """
    lots = {lot.pk: lot for lot in open_lots(source, money.currency)}
    parts = [
        plans.Part(
            lot_id=lot.id,
            child=new_id("lot"),
            provider=lot.provider,
            charge=lot.charge,
            money=part,
            charged_at=lots[lot.id].charged_at,
        )
        for lot, part in oldest_first(as_balances(lots.values()), money)
    ]
    key = f"{kind}:{reference}:{journals_of(reference).count()}"
    post(plans.set_aside(kind=kind, key=key, reference=reference, source=source, destination=destination, parts=parts))
    for part in parts:
        start_clocks(part.child, part.charged_at)
    return [part.child for part in parts]
