"""Paying a contract into protected funds. Asks for a fresh sign-in, like everything that moves money."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.contracts.forms.work import PayForm
from marketplace.contracts.models import Contract
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors import get_contract
from marketplace.contracts.services.funding import CHECKOUT, pay_contract
from marketplace.contracts.steps.approvals import is_payable
from marketplace.contracts.steps.funding import RESERVE, WALLET
from marketplace.core.errors import Conflict, Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from marketplace.payments.gateways import default_provider
from marketplace.payments.models import Approval, Funding
from marketplace.payments.views.top_up import at_the_provider


@method_decorator(reauthentication_required, name="dispatch")
class PayView(PartyView):
    kinds = MERCHANT_KINDS

    def get(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        contract = self.contract(contract_id)
        if not is_payable(contract):
            return redirect("contract", contract_id)
        return self.show(request, contract, PayForm(sources=self.sources(contract)))

    def post(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        contract = self.contract(contract_id)
        form = PayForm(request.POST, sources=self.sources(contract))
        if not form.is_valid():
            return self.show(request, contract, form, 422)
        try:
            asked = pay_contract(
                actor=self.actor,
                public_id=contract_id,
                source=form.cleaned_data["source"],
                provider=default_provider(),
                key=form.cleaned_data["key"],
            )
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, contract, form, error.status)
        if isinstance(asked, Approval):
            return redirect("approval", asked.public_id)
        if isinstance(asked, Funding):
            funding = at_the_provider(asked)
            return redirect(funding.pay_url) if funding.pay_url else redirect("funding", funding.public_id)
        messages.success(request, _("The money is protected. Work may start."))
        return redirect("contract", contract_id)

    def contract(self, contract_id: str) -> Contract:
        contract = get_contract(self.actor, contract_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.FUND, contract)
        return contract

    def sources(self, contract: Contract) -> list[tuple[str, str]]:
        """The bank always; what is set aside already, where it is enough."""
        pays, merchant = contract.falls.money("pays"), contract.merchant
        there = {
            RESERVE: (chart.reserved(contract.subject, merchant.pk), _("The V task’s budget, %(there)s set aside")),
            WALLET: (chart.wallet(merchant.public_id, merchant.pk), _("The wallet, %(there)s in it")),
        }
        found = [
            (source, words % {"there": balance})
            for source, (account, words) in there.items()
            if (balance := balance_of(account, pays.currency)) >= pays and (source != WALLET or settings.WALLET_ENABLED)
        ]
        return [*found, (CHECKOUT, _("The bank’s own page"))]

    def show(self, request: HttpRequest, contract: Contract, form: PayForm, status: int = 200) -> HttpResponse:
        falls = contract.falls
        context = {
            "contract": contract,
            "form": form,
            "falls": {name: falls.money(name) for name in ("gross", "platform_fee", "vat", "pays")},
        }
        return render(request, "contracts/pay.html", context, status=status)
