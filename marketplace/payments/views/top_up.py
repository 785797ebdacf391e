"""Money in: the form, and where it has got to."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.bank_rail.selectors import pay_in_of, platform_account
from marketplace.core.errors import Refused
from marketplace.core.record import timeline
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.refresh import refresh_funding
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.forms import TopUpForm
from marketplace.payments.gateways import provider_for
from marketplace.payments.gateways.bank_rail import BankRail
from marketplace.payments.machine import OPEN
from marketplace.payments.models import Approval, Funding
from marketplace.payments.policies import WALLET, WalletAction
from marketplace.payments.selectors import get_funding
from marketplace.payments.selectors.debts import owed_by
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.views.fresh import FreshMerchantView

logger = logging.getLogger(__name__)


class TopUpView(FreshMerchantView):
    def get(self, request: HttpRequest) -> HttpResponse:
        WALLET.authorise(self.actor, WalletAction.TOP_UP, request.party)
        wanted = {name: request.GET[name] for name in ("currency", "amount") if name in request.GET}
        return self.show(request, TopUpForm(initial=wanted, owed=owed_by(request.party.pk)))

    def post(self, request: HttpRequest) -> HttpResponse:
        WALLET.authorise(self.actor, WalletAction.TOP_UP, request.party)
        form = TopUpForm(request.POST, owed=owed_by(request.party.pk))
        if not form.is_valid():
            return self.show(request, form, 422)
        try:
            asked = ask_top_up(
                actor=self.actor,
                money=form.money,
                provider=provider_for(form.money.currency),
                key=form.cleaned_data["key"],
            )
        except Refused as error:
            form.add_error("amount", sentence(error))
            return self.show(request, form, error.status)
        if isinstance(asked, Approval):
            return redirect("approval", asked.public_id)
        funding = at_the_provider(asked)
        return redirect(funding.pay_url or "funding", *([] if funding.pay_url else [funding.public_id]))

    def show(self, request: HttpRequest, form: TopUpForm, status: int = 200) -> HttpResponse:
        return render(request, "payments/top_up.html", {"form": form}, status=status)


def at_the_provider(funding: Funding) -> Funding:
    """Try at once; if the provider is slow, the outbox goes on and the status page says so."""
    try:
        return submit_funding(funding.public_id) or get_again(funding)
    except ProviderError as error:
        logger.warning("funding %s goes on in the worker: %s", funding.public_id, error)
        return get_again(funding)


def get_again(funding: Funding) -> Funding:
    funding.refresh_from_db()
    return funding


class FundingView(PartyView):
    """Where one payment stands. The payer comes back here from the provider's page: then we ask, not believe."""

    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest, funding_id: str) -> HttpResponse:
        funding = get_funding(self.actor, funding_id)
        if funding.state in OPEN:
            funding = self.asked(funding)
        context = {"funding": funding, "open": funding.state in OPEN, "events": timeline(funding.public_id)}
        if funding.provider == BankRail.name:
            context |= {"pay_in": pay_in_of(funding.public_id), "our_account": platform_account()}
        template = "payments/partials/funding.html" if request.htmx else "payments/funding.html"
        return render(request, template, context)

    def asked(self, funding: Funding) -> Funding:
        try:
            return refresh_funding(funding)
        except ProviderError as error:
            logger.warning("funding %s could not be looked up: %s", funding.public_id, error)
            return funding
