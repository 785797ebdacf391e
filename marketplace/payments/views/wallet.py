"""The wallet of a merchant: what is there, from which charge, until when, and every movement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.core.money import Money
from marketplace.http.views import PartyView
from marketplace.ledger import chart
from marketplace.ledger.selectors import Entry, list_entries
from marketplace.payments.policies import WALLET, WalletAction
from marketplace.payments.selectors import list_open_approvals, wallet_of
from marketplace.payments.selectors.chargebacks import chargebacks_of
from marketplace.payments.selectors.debts import open_debts, owed_by

ENTRIES = 15


class WalletView(PartyView):
    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest) -> HttpResponse:
        WALLET.authorise(self.actor, WalletAction.SEE, request.party)
        account = chart.wallet(request.party.public_id, request.party.pk)
        before = cursor(request.GET.get("before", ""))
        entries = list_entries(self.actor, account, before=before, limit=ENTRIES + 1)
        context = {
            "wallet": wallet_of(self.actor, request.party),
            "entries": entries[:ENTRIES],
            "older": written(entries[ENTRIES - 1]) if len(entries) > ENTRIES else "",
            "paged": before is not None,
            "debts": [(debt, Money(debt.left_minor, debt.currency)) for debt in open_debts(self.actor)],
            "owed": owed_by(request.party.pk),
            "chargebacks": chargebacks_of(self.actor),
            "approvals": list_open_approvals(self.actor),
            "may_limit": WALLET.can(self.actor, WalletAction.LIMIT, request.party),
            "may_fund": WALLET.can(self.actor, WalletAction.TOP_UP, request.party),
        }
        return render(request, "payments/wallet.html", context)


def cursor(text: str) -> tuple[int, int] | None:
    """`journal.seq` of the last line on the page before; nonsense is the first page."""
    journal, _, seq = text.partition(".")
    if journal.isascii() and journal.isdigit() and seq.isascii() and seq.isdigit() and len(text) < 30:
        return int(journal), int(seq)
    return None


def written(entry: Entry) -> str:
    return f"{entry.journal_id}.{entry.seq}"
