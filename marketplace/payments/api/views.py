"""What a payee earns, read only: asking for a payout needs a second factor, which a program has not."""

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from marketplace.accounts.models import Party
from marketplace.accounts.scopes import Scope
from marketplace.http.api.operations import Operation
from marketplace.http.api.shapes import PageQuery
from marketplace.http.api.views import ApiView
from marketplace.http.keyset import Order
from marketplace.payments.api.shapes import (
    EarningsOut,
    PayoutLine,
    PayoutOut,
    StatementOut,
    StatementQuery,
    TransferOut,
)
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.selectors.earnings import (
    earnings_of,
    get_payout,
    list_payouts,
    list_transfers,
    payee_of,
    statement_of,
)
from marketplace.payments.selectors.months import month_of

NEWEST = Order(("id",))
FOR_WHOM = "For owners and finance people of anchors and agencies."


class PayeeApiView(ApiView):
    """Who may see what the party earns: its owner and its finance people, as on the pages."""

    tag = "earnings"
    party: Party

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.party = payee_of(self.actor)
        PAYOUTS.authorise(self.actor, PayoutAction.SEE, self.party)


class EarningsView(PayeeApiView):
    operations = {
        "GET": Operation(
            id="getEarnings",
            summary="What your party has coming, by currency and place",
            scope=Scope.EARNINGS_READ,
            answer=EarningsOut,
            more=FOR_WHOM,
            narrow=True,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        return self.answer(earnings_of(self.actor, self.party))


class TransfersView(PayeeApiView):
    operations = {
        "GET": Operation(
            id="listTransfers",
            summary="What was released to your party, the newest first: where it is, and why it waits",
            scope=Scope.EARNINGS_READ,
            answer=TransferOut,
            paged=True,
            query=PageQuery,
            more=FOR_WHOM,
            narrow=True,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(list_transfers(self.actor), NEWEST)


class PayoutsView(PayeeApiView):
    operations = {
        "GET": Operation(
            id="listPayouts",
            summary="Payouts to your party's bank, the newest first",
            scope=Scope.EARNINGS_READ,
            answer=PayoutLine,
            paged=True,
            query=PageQuery,
            more=FOR_WHOM,
            narrow=True,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(list_payouts(self.actor), NEWEST)


class PayoutView(PayeeApiView):
    operations = {
        "GET": Operation(
            id="getPayout",
            summary="A payout, with what it is made of",
            scope=Scope.EARNINGS_READ,
            answer=PayoutOut,
            more=FOR_WHOM,
            narrow=True,
        )
    }

    def get(self, request: Request, payout_id: str) -> HttpResponse:
        return self.answer(get_payout(self.actor, payout_id))


class StatementView(PayeeApiView):
    operations = {
        "GET": Operation(
            id="getStatement",
            summary="What was released and paid out in a month, oldest first",
            scope=Scope.EARNINGS_READ,
            answer=StatementOut,
            query=StatementQuery,
            more=FOR_WHOM,
            narrow=True,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        begins, ends = month_of(self.asked.get("month", ""), self.party.time_zone)
        lines = statement_of(self.actor, self.party, begins, ends)
        return self.answer({"month": f"{begins:%Y-%m}", "begins": begins, "ends": ends, "lines": lines})
