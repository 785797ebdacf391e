"""What a payee does: names where she is paid, asks for a payout, freezes everything by a link."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from marketplace.accounts.freeze_link import frozen_by
from marketplace.accounts.selectors import has_second_factor, verified_holder
from marketplace.core.errors import NotFound, Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import say_refusal
from marketplace.payments.answers import Wanted
from marketplace.payments.errors import NoSecondFactor, ProviderError
from marketplace.payments.flows.pay_out import open_account_page, submit_payout
from marketplace.payments.flows.refresh import refresh_account
from marketplace.payments.forms import PayoutForm
from marketplace.payments.gateways import payees_providers
from marketplace.payments.gateways.bank_rail import BankRail
from marketplace.payments.models import PayoutAccount
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.selectors.earnings import Purse, accounts_of, earnings_of
from marketplace.payments.services.payout_account import ask_payout_account, freeze_payouts
from marketplace.payments.services.payouts import ask_payout
from marketplace.payments.steps.payout_holds import is_of_another
from marketplace.payments.views.payees import FreshPayeeView
from marketplace.payments.wording import WANTED

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PayeesPlace:
    """One provider that pays a payee; without `currencies` it is for all that no other is for."""

    provider: str
    currencies: Sequence[str]
    account: PayoutAccount | None
    holder: str | None

    @property
    def is_of_another(self) -> bool:
        return self.account is not None and bool(self.account.last4) and is_of_another(self.account, self.holder)

    @property
    def is_by_hand(self) -> bool:
        """She names her account on a page of ours."""
        return self.provider == BankRail.name

    @property
    def wanted(self) -> list[object]:
        return [WANTED[Wanted(kind)] for kind in self.account.wanted] if self.account else []


class AccountView(FreshPayeeView):
    """Where the party is paid. She comes back here from the provider's page: then we ask, not believe."""

    def get(self, request: HttpRequest) -> HttpResponse:
        PAYOUTS.authorise(self.actor, PayoutAction.ACCOUNT, request.party)
        accounts, holder = accounts_of(self.actor), verified_holder(request.party.pk)
        places = [
            PayeesPlace(provider, currencies, self.asked(accounts.get(provider)), holder)
            for provider, currencies in payees_providers().items()
        ]
        context = {"places": places, "holder": holder, "has_second_factor": has_second_factor(self.actor.user_id)}
        return render(request, "payments/payout_account.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        offered = payees_providers()
        provider = request.POST.get("provider", next(iter(offered)))
        if provider not in offered:
            raise NotFound
        try:
            account = ask_payout_account(actor=self.actor, provider=provider)
        except NoSecondFactor as error:
            say_refusal(request, error)
            return redirect("mfa_index")
        try:
            return redirect(open_account_page(account))
        except ProviderError as error:
            say_refusal(request, error)
            return redirect("payout-account")

    def asked(self, account: PayoutAccount | None) -> PayoutAccount | None:
        if account is None:
            return None
        try:
            return refresh_account(account)
        except (ProviderError, NotFound) as error:
            logger.warning("payout account %s could not be looked up: %s", account.public_id, error)
            return account


class AskPayoutView(FreshPayeeView):
    """Everything of one currency that is ready: looked at once more, then sent."""

    def get(self, request: HttpRequest) -> HttpResponse:
        PAYOUTS.authorise(self.actor, PayoutAction.ASK, request.party)
        purse = self.purse(request, request.GET.get("currency", ""))
        return self.show(request, purse, PayoutForm(currency=purse.currency))

    def post(self, request: HttpRequest) -> HttpResponse:
        PAYOUTS.authorise(self.actor, PayoutAction.ASK, request.party)
        form = PayoutForm(request.POST)
        if not form.is_valid():
            return self.show(request, self.purse(request, ""), form, 422)
        currency = form.cleaned_data["currency"]
        try:
            payout = ask_payout(actor=self.actor, currency=currency, key=form.cleaned_data["key"])
        except NoSecondFactor as error:
            say_refusal(request, error)
            return redirect("mfa_index")
        except Refused as error:
            form.add_error(None, sentence(error))
            return self.show(request, self.purse(request, currency), form, error.status)
        try:
            submit_payout(payout.public_id)
        except ProviderError as error:
            logger.warning("payout %s goes on in the worker: %s", payout.public_id, error)
        return redirect("payout", payout.public_id)

    def purse(self, request: HttpRequest, currency: str) -> Purse:
        """The one that was asked for, or the first with enough; raises NotFound when nothing was ever earned."""
        purses = earnings_of(self.actor, request.party).purses
        found = next((purse for purse in purses if purse.currency == currency), None)
        purse = found or next((purse for purse in purses if purse.enough), None) or (purses[0] if purses else None)
        if purse is None:
            raise NotFound
        return purse

    def show(self, request: HttpRequest, purse: Purse, form: PayoutForm, status: int = 200) -> HttpResponse:
        accounts = accounts_of(self.actor)
        there = (accounts[provider] for provider in sorted(purse.providers) if provider in accounts)
        context = {"form": form, "purse": purse, "account": next(there, None)}
        return render(request, "payments/ask_payout.html", context, status=status)


class FreezeView(View):
    """The link of a mail: whoever has it may freeze, also signed out. Looking at it changes nothing."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if frozen_by(token) is None:
            raise NotFound
        return render(request, "payments/freeze.html", {"frozen": False})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        public_id = frozen_by(token)
        if public_id is None:
            raise NotFound
        freeze_payouts(actor=request.actor, public_id=public_id)
        return render(request, "payments/freeze.html", {"frozen": True})
