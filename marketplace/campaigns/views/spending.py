"""A merchant's spending: by campaign, what went to payees, what is protected still, what came back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.campaigns.selectors.spending import Spending, spending_of
from marketplace.http.views import PartyView


class SpendingView(PartyView):
    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = spending_of(self.actor)
        return render(request, "campaigns/spending.html", {"rows": rows, "charts": charts_of(rows)})


def charts_of(rows: list[Spending]) -> list[tuple[str, list[dict[str, object]]]]:
    """One chart a currency: nothing is ever added up across them."""
    charts: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        charts.setdefault(row.paid_in.currency, []).append(
            {
                "label": row.campaign or _("Without a campaign"),
                "value": row.paid_in.amount_minor,
                "text": row.paid_in.figure,
            }
        )
    for bars in charts.values():
        most = max(bar["value"] for bar in bars)
        for bar in bars:
            bar["of"] = most
    return list(charts.items())
