"""Paying into protected funds: a contract, a further round of changes in one, or what its fee rises by. Asks for a
fresh sign-in, like everything that moves money."""

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.contracts.forms.work import PayForm
from marketplace.contracts.models import Amendment, Contract, ExtraRound
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors import get_contract
from marketplace.contracts.selectors.amendments import get_amendment
from marketplace.contracts.selectors.extra_rounds import get_round
from marketplace.contracts.services.amendments import pay_amendment
from marketplace.contracts.services.extra_rounds import pay_round
from marketplace.contracts.services.funding import pay_contract
from marketplace.contracts.steps.amendment_payment import bill_of_amendment
from marketplace.contracts.steps.funding import bill_of
from marketplace.contracts.steps.paying import CHECKOUT, RESERVE, WALLET, Bill
from marketplace.contracts.steps.round_payment import bill_of_round
from marketplace.core.errors import Conflict, Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from marketplace.payments.gateways import provider_for
from marketplace.payments.models import Approval, Funding
from marketplace.payments.views.top_up import at_the_provider

Thing = TypeVar("Thing", Contract, ExtraRound, Amendment)
PARTS = ("gross", "platform_fee", "vat", "pays")


@method_decorator(reauthentication_required, name="dispatch")
class BillView(ABC, PartyView, Generic[Thing]):
    """What a page that pays something does, whatever it pays."""

    kinds = MERCHANT_KINDS
    template: str
    said: object

    @abstractmethod
    def find(self, public_id: str) -> Thing:
        """Raises NotFound, and Forbidden for whoever may not pay it."""

    @abstractmethod
    def bill(self, thing: Thing) -> Bill: ...

    @abstractmethod
    def contract(self, thing: Thing) -> Contract: ...

    @abstractmethod
    def pay(self, thing: Thing, **how: str) -> Thing | Funding | Approval: ...

    @abstractmethod
    def home(self, thing: Thing) -> HttpResponse:
        """Where it stands once it is paid, or cannot be."""

    @abstractmethod
    def context(self, thing: Thing) -> dict[str, Any]: ...

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        thing = self.find(public_id)
        if not self.bill(thing).is_payable:
            return self.home(thing)
        return self.show(request, thing, PayForm(sources=self.sources(thing)))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        thing = self.find(public_id)
        form = PayForm(request.POST, sources=self.sources(thing))
        if not form.is_valid():
            return self.show(request, thing, form, 422)
        how = {name: form.cleaned_data[name] for name in ("source", "key")}
        try:
            currency = self.bill(thing).money.currency
            asked = self.pay(thing, provider=provider_for(currency) if how["source"] == CHECKOUT else "", **how)
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, thing, form, error.status)
        if isinstance(asked, Approval):
            return redirect("approval", asked.public_id)
        if isinstance(asked, Funding):
            funding = at_the_provider(asked)
            return redirect(funding.pay_url) if funding.pay_url else redirect("funding", funding.public_id)
        messages.success(request, str(self.said))
        return self.home(thing)

    def sources(self, thing: Thing) -> list[tuple[str, str]]:
        """The bank always; what is set aside already, where it is enough."""
        bill, contract = self.bill(thing), self.contract(thing)
        merchant = contract.merchant
        there = {
            RESERVE: (chart.reserved(contract.subject, merchant.pk), _("The V task’s budget, %(there)s set aside")),
            WALLET: (chart.wallet(merchant.public_id, merchant.pk), _("The wallet, %(there)s in it")),
        }
        offered = bill.sources if settings.WALLET_ENABLED else bill.sources - {WALLET}
        found = [
            (source, words % {"there": balance})
            for source, (account, words) in there.items()
            if source in offered and (balance := balance_of(account, bill.money.currency)) >= bill.money
        ]
        return [*found, (CHECKOUT, _("The bank’s own page"))]

    def show(self, request: HttpRequest, thing: Thing, form: PayForm, status: int = 200) -> HttpResponse:
        context = {"contract": self.contract(thing), "form": form} | self.context(thing)
        return render(request, self.template, context, status=status)


class PayView(BillView[Contract]):
    template = "contracts/pay.html"
    said = gettext_lazy("The money is protected. Work may start.")

    def find(self, public_id: str) -> Contract:
        contract = get_contract(self.actor, public_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.FUND, contract)
        return contract

    def bill(self, thing: Contract) -> Bill:
        return bill_of(thing, by=self.actor)

    def contract(self, thing: Contract) -> Contract:
        return thing

    def pay(self, thing: Contract, **how: str) -> Contract | Funding | Approval:
        return pay_contract(actor=self.actor, public_id=thing.public_id, **how)

    def home(self, thing: Contract) -> HttpResponse:
        return redirect("contract", thing.public_id)

    def context(self, thing: Contract) -> dict[str, Any]:
        return {"falls": {name: thing.falls.money(name) for name in PARTS}}


class PayRoundView(BillView[ExtraRound]):
    template = "contracts/pay_round.html"
    said = gettext_lazy("The money is protected, and the changes are asked for.")

    def find(self, public_id: str) -> ExtraRound:
        extra_round = get_round(self.actor, public_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.FUND, extra_round.contract)
        return extra_round

    def bill(self, thing: ExtraRound) -> Bill:
        return bill_of_round(thing, by=self.actor)

    def contract(self, thing: ExtraRound) -> Contract:
        return thing.contract

    def pay(self, thing: ExtraRound, **how: str) -> ExtraRound | Funding | Approval:
        return pay_round(actor=self.actor, public_id=thing.public_id, **how)

    def home(self, thing: ExtraRound) -> HttpResponse:
        return redirect("work", thing.deliverable.public_id)

    def context(self, thing: ExtraRound) -> dict[str, Any]:
        falls = thing.falls
        return {"extra_round": thing, "one": thing.deliverable, "falls": {name: falls.money(name) for name in PARTS}}


class PayAmendmentView(BillView[Amendment]):
    template = "contracts/pay_amendment.html"
    said = gettext_lazy("The money is protected, and the change is in force.")

    def find(self, public_id: str) -> Amendment:
        amendment = get_amendment(self.actor, public_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.FUND, amendment.contract)
        return amendment

    def bill(self, thing: Amendment) -> Bill:
        return bill_of_amendment(thing, by=self.actor)

    def contract(self, thing: Amendment) -> Contract:
        return thing.contract

    def pay(self, thing: Amendment, **how: str) -> Amendment | Funding | Approval:
        return pay_amendment(actor=self.actor, public_id=thing.public_id, **how)

    def home(self, thing: Amendment) -> HttpResponse:
        return redirect("amendment", thing.public_id)

    def context(self, thing: Amendment) -> dict[str, Any]:
        falls = thing.falls
        return {"amendment": thing, "falls": {name: falls.money(name) for name in PARTS} if falls else None}
