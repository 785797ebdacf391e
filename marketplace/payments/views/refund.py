"""Money back to its source: the form, and where it has got to."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.core.errors import NotFound, Refused
from marketplace.core.record import timeline
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView
from marketplace.ledger.selectors import get_lot
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.refresh import refresh_refund
from marketplace.payments.flows.submit import submit_refund
from marketplace.payments.forms import RefundForm
from marketplace.payments.machine import RefundState
from marketplace.payments.models import Approval, Refund
from marketplace.payments.policies import WALLET, WalletAction
from marketplace.payments.selectors import LotView, get_refund, lot_view
from marketplace.payments.services.refunds import ask_refund
from marketplace.payments.views.fresh import FreshMerchantView

logger = logging.getLogger(__name__)
OPEN = {RefundState.SUBMITTING, RefundState.SENT}


class RefundView(FreshMerchantView):
    def get(self, request: HttpRequest, lot_id: str) -> HttpResponse:
        lot = self.lot(request, lot_id)
        return self.show(request, lot, RefundForm(remaining=lot.remaining))

    def post(self, request: HttpRequest, lot_id: str) -> HttpResponse:
        lot = self.lot(request, lot_id)
        form = RefundForm(request.POST, remaining=lot.remaining)
        if not form.is_valid():
            return self.show(request, lot, form, 422)
        try:
            refund = ask_refund(
                actor=self.actor,
                lot_public_id=lot_id,
                money=form.cleaned_data["amount"],
                key=form.cleaned_data["key"],
            )
        except Refused as error:
            form.add_error("amount", sentence(error))
            return self.show(request, lot, form, error.status)
        if isinstance(refund, Approval):
            return redirect("approval", refund.public_id)
        try:
            submit_refund(refund.public_id)
        except ProviderError as error:
            logger.warning("refund %s goes on in the worker: %s", refund.public_id, error)
        return redirect("refund", refund.public_id)

    def lot(self, request: HttpRequest, lot_id: str) -> LotView:
        lot = get_lot(lot_id)
        if lot.held_in.party_id != self.actor.party_id:
            raise NotFound
        WALLET.authorise(self.actor, WalletAction.REFUND, request.party)
        return lot_view(lot)

    def show(self, request: HttpRequest, lot: LotView, form: RefundForm, status: int = 200) -> HttpResponse:
        return render(request, "payments/refund_form.html", {"form": form, "lot": lot}, status=status)


class RefundStatusView(PartyView):
    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest, refund_id: str) -> HttpResponse:
        refund = get_refund(self.actor, refund_id)
        if refund.state in OPEN:
            refund = self.asked(refund)
        context = {"refund": refund, "open": refund.state in OPEN, "events": timeline(refund.public_id)}
        template = "payments/partials/refund.html" if request.htmx else "payments/refund.html"
        return render(request, template, context)

    def asked(self, refund: Refund) -> Refund:
        try:
            return refresh_refund(refund)
        except ProviderError as error:
            logger.warning("refund %s could not be looked up: %s", refund.public_id, error)
            return refund
