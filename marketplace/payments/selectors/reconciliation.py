"""Reads of reconciliations: what is to be compared, and what the page of totals shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.money import Money
from marketplace.payments.machine import UNRESOLVED, ReconciliationState
from marketplace.payments.models import Difference, PayoutAccount, ReconciliationRun
from marketplace.payments.selectors.both_books import SumOfBoth
from marketplace.payments.statement import LineKind

PAGE = 500
BALANCE = "balance"  # of an account as a whole
KIND_WORDS: dict[str, object] = {
    BALANCE: _("Balance"),
    LineKind.CHARGE: _("Payments in"),
    LineKind.REFUND: _("Refunds"),
    LineKind.REFUND_RETURNED: _("Refunds that came back"),
    LineKind.TRANSFER: _("Transfers to payees"),
    LineKind.TRANSFER_REVERSED: _("Transfers taken back"),
    LineKind.PAYOUT: _("Payouts"),
    LineKind.PAYOUT_RETURNED: _("Payouts that came back"),
    LineKind.CHARGEBACK: _("Chargebacks"),
    LineKind.FEE: _("Fees"),
    LineKind.OTHER: _("Other"),
}


def get_run(public_id: str) -> ReconciliationRun:
    try:
        return ReconciliationRun.objects.get(public_id=public_id)
    except ReconciliationRun.DoesNotExist:
        raise NotFound from None


def get_difference(actor: Actor, public_id: str) -> Difference:
    """Raises NotFound for whoever is not finance staff."""
    found = Difference.objects.visible_to(actor).select_related("owner").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def payees_at(provider: str) -> Iterator[str]:
    """The provider's names of all our payees there, a page in memory at a time."""
    last = 0
    accounts = PayoutAccount.objects.filter(provider=provider).exclude(provider_payee="").order_by("pk")
    while page := list(accounts.filter(pk__gt=last).values_list("pk", "provider_payee")[:PAGE]):
        yield from (payee for _pk, payee in page)
        last = page[-1][0]


@dataclass(frozen=True, slots=True)
class BooksOfBoth:
    """The latest comparison with one provider, by currency, and what is still open."""

    run: ReconciliationRun
    currencies: list[tuple[str, list[SumOfBoth]]]
    unresolved: int


def latest_of_each(actor: Actor) -> list[BooksOfBoth]:
    """The last finished run of each provider."""
    runs = (
        ReconciliationRun.objects.visible_to(actor)
        .exclude(state=ReconciliationState.READING)
        .order_by("provider", "-pk")
        .distinct("provider")
    )
    return [_both(actor, run) for run in runs]


def _both(actor: Actor, run: ReconciliationRun) -> BooksOfBoth:
    currencies: dict[str, list[SumOfBoth]] = {}
    for row in run.totals:
        currency = row["currency"]
        one = SumOfBoth(
            kind=str(KIND_WORDS[LineKind(row["kind"])]),
            here_count=row["here"],
            here=Money(row["here_minor"], currency),
            there_count=row["there"],
            there=Money(row["there_minor"], currency),
        )
        currencies.setdefault(currency, []).append(one)
    open_ones = Difference.objects.visible_to(actor).filter(provider=run.provider, state__in=UNRESOLVED)
    return BooksOfBoth(run, sorted(currencies.items()), open_ones.count())
