"""The page on which a payee names the account that we transfer to: here no provider has a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.accounts.selectors import has_second_factor, verified_holder
from marketplace.bank_rail.selectors import get_rail_payee
from marketplace.bank_rail.services.payees import name_account
from marketplace.core.errors import NotFound
from marketplace.http.views import say_refusal
from marketplace.payments.errors import NoSecondFactor
from marketplace.payments.flows.refresh import refresh_account
from marketplace.payments.forms.bank_account import BankAccountForm
from marketplace.payments.gateways.bank_rail import BankRail
from marketplace.payments.models import PayoutAccount
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.selectors.earnings import accounts_of
from marketplace.payments.views.payees import FreshPayeeView


class BankAccountView(FreshPayeeView):
    def get(self, request: HttpRequest) -> HttpResponse:
        named = get_rail_payee(self.account(request).public_id)
        holder = named.holder if named and named.holder else verified_holder(request.party.pk)
        initial = {"holder": holder or "", "bank_name": named.bank_name if named else ""}
        return self.show(request, BankAccountForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        account, form = self.account(request), BankAccountForm(request.POST)
        if not has_second_factor(self.actor.user_id):
            say_refusal(request, NoSecondFactor())
            return redirect("mfa_index")
        if not form.is_valid():
            return self.show(request, form, 422)
        name_account(actor=self.actor, reference=account.public_id, **form.cleaned_data)
        refresh_account(account)
        return redirect("payout-account")

    def account(self, request: HttpRequest) -> PayoutAccount:
        """Hers, opened from the page of her accounts."""
        PAYOUTS.authorise(self.actor, PayoutAction.ACCOUNT, request.party)
        account = accounts_of(self.actor).get(BankRail.name)
        if account is None or not account.provider_payee:
            raise NotFound
        return account

    def show(self, request: HttpRequest, form: BankAccountForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "holder": verified_holder(request.party.pk)}
        return render(request, "payments/bank_account.html", context, status=status)
