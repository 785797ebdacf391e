"""Changing a contract that binds: proposed, read, signed by all, paid where the fee rises."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.contracts.documents import LANGUAGES
from marketplace.contracts.errors import ImpossibleTerms
from marketplace.contracts.forms.amendment import AmendmentForm, DeclineForm
from marketplace.contracts.forms.signing import SignAmendmentForm
from marketplace.contracts.machine import AmendmentState, ContractState
from marketplace.contracts.models import Amendment, Capacity
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors.amendments import amendment_signers, get_amendment, texts_of, why_not
from marketplace.contracts.selectors.room import get_room
from marketplace.contracts.services.amendments import (
    decline_amendment,
    propose,
    sign_amendment,
    withdraw_amendment,
)
from marketplace.contracts.services.signing import Hand
from marketplace.contracts.steps.amending import is_payable, standing
from marketplace.contracts.views.contracts import capacity_for, proof_of
from marketplace.contracts.wording import PROBLEMS, said_amendment
from marketplace.core.errors import Conflict, NotFound, Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView, SignedInView, say_refusal


class ProposeView(PartyView):
    """What should read differently. Nothing of the contract changes by proposing it."""

    def get(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        return self.show(request, contract_id)

    def post(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        found = get_room(self.actor, contract_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.AMEND, found.contract)
        form = AmendmentForm(request.POST, deal=found.contract.deal, work=found.work)
        if not form.is_valid():
            return self.show(request, contract_id, form, 422)
        words = form.cleaned_data["words"]
        try:
            made = propose(actor=self.actor, public_id=contract_id, proposal=form.proposal, words=words)
        except ImpossibleTerms as error:
            for code in error.context["problems"]:
                form.add_error(None, str(PROBLEMS[code]))
            return self.show(request, contract_id, form, error.status)
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, contract_id, form, error.status)
        messages.success(request, _("Proposed. It is in force when all have signed; sign it, too."))
        return redirect("amendment", made.public_id)

    def show(
        self, request: HttpRequest, contract_id: str, form: AmendmentForm | None = None, status: int = 200
    ) -> HttpResponse:
        found = get_room(self.actor, contract_id)
        contract = found.contract
        CONTRACT_POLICY.authorise(self.actor, ContractAction.AMEND, contract)
        if form is None and (there := standing(contract)):
            return redirect("amendment", there.public_id)
        context = {
            "contract": contract,
            "form": form or AmendmentForm(deal=contract.deal, work=found.work),
            "running": contract.state == ContractState.ACTIVE,
        }
        return render(request, "contracts/amend.html", context, status=status)


class AmendmentView(SignedInView):
    """What differs, in words; where its money goes; who has signed."""

    def get(self, request: HttpRequest, amendment_id: str) -> HttpResponse:
        return render(request, "contracts/amendment.html", page(request, get_amendment(self.actor, amendment_id)))


class DeclineView(SignedInView):
    def post(self, request: HttpRequest, amendment_id: str) -> HttpResponse:
        try:
            decline_amendment(actor=self.actor, public_id=amendment_id, words=request.POST.get("words", ""))
            messages.success(request, _("Declined. The contract stays as it is, and the others have been told."))
        except Conflict as error:
            say_refusal(request, error)
        return redirect("amendment", amendment_id)


class WithdrawView(PartyView):
    def post(self, request: HttpRequest, amendment_id: str) -> HttpResponse:
        try:
            withdraw_amendment(actor=self.actor, public_id=amendment_id)
            messages.success(request, _("Taken back. The contract stays as it is."))
        except Conflict as error:
            say_refusal(request, error)
        return redirect("amendment", amendment_id)


@method_decorator(reauthentication_required, name="dispatch")
class SignAmendmentView(SignedInView):
    """The text once more, and a name under it. Asks for the password, a passkey or a code right before."""

    def get(self, request: HttpRequest, amendment_id: str) -> HttpResponse:
        amendment = self.amendment(request, amendment_id)
        if amendment.state != AmendmentState.SIGNING:
            return redirect("amendment", amendment_id)
        guards = capacity_for(request, amendment.contract) == Capacity.GUARDIAN
        typed = amendment.contract.guardian_name if guards else str(request.user)
        document = amendment.documents.get(governs=True).sha256
        return self.show(request, amendment, SignAmendmentForm(initial={"document": document, "typed": typed}))

    def post(self, request: HttpRequest, amendment_id: str) -> HttpResponse:
        amendment = self.amendment(request, amendment_id)
        form = SignAmendmentForm(request.POST)
        if not form.is_valid():
            return self.show(request, amendment, form, 422)
        try:
            signed = sign_amendment(
                actor=self.actor,
                public_id=amendment_id,
                document_sha256=form.cleaned_data["document"],
                proof=proof_of(request),
                hand=Hand(typed=form.cleaned_data["typed"], drawn=form.cleaned_data["drawn"]),
            )
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, amendment, form, error.status)
        said = {
            AmendmentState.SIGNING: _("Signed. It is in force when the others have signed, too."),
            AmendmentState.AWAITING_FUNDS: _("Signed by all. It is in force as soon as the merchant has paid."),
        }
        messages.success(request, said.get(AmendmentState(signed.state), _("Signed by all: the change is in force.")))
        return redirect("amendment", amendment_id)

    def amendment(self, request: HttpRequest, amendment_id: str) -> Amendment:
        amendment = get_amendment(self.actor, amendment_id)
        if capacity_for(request, amendment.contract) != Capacity.GUARDIAN:
            CONTRACT_POLICY.authorise(self.actor, ContractAction.SIGN, amendment.contract)
        return amendment

    def show(
        self, request: HttpRequest, amendment: Amendment, form: SignAmendmentForm, status: int = 200
    ) -> HttpResponse:
        context = page(request, amendment) | {"form": form}
        return render(request, "contracts/sign_amendment.html", context, status=status)


class AmendmentDocumentView(SignedInView):
    """The exact bytes, to keep."""

    def get(self, request: HttpRequest, amendment_id: str, language: str) -> HttpResponse:
        amendment = get_amendment(self.actor, amendment_id)
        found = amendment.documents.filter(language=language).first()
        if found is None:
            raise NotFound
        name = f"{amendment.contract.number}-{amendment.number}.{language}.txt"
        response = HttpResponse(found.content.encode(), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response


def page(request: HttpRequest, amendment: Amendment) -> dict[str, Any]:
    contract, actor = amendment.contract, request.actor
    signers = amendment_signers(amendment)
    capacity = capacity_for(request, contract)
    mine = next((one for one in signers if one.capacity == capacity), None)
    guards = capacity == Capacity.GUARDIAN
    is_signing = amendment.state == AmendmentState.SIGNING
    waits_for_me = is_signing and mine is not None and mine.signature is None
    falls = amendment.falls
    language = get_language()
    return {
        "contract": contract,
        "amendment": amendment,
        "lines": said_amendment(amendment, language if language in LANGUAGES else LANGUAGES[0]),
        "falls": {name: falls.money(name) for name in ("gross", "platform_fee", "vat", "pays", "agency", "anchor")}
        if falls
        else None,
        "signers": signers,
        "why_not": why_not(amendment) if amendment.state == AmendmentState.DECLINED else "",
        "documents": texts_of(amendment),
        "my_turn": waits_for_me,
        "may_sign": guards or CONTRACT_POLICY.can(actor, ContractAction.SIGN, contract),
        "may_withdraw": amendment.proposed_by_id == actor.party_id
        and amendment.state in {AmendmentState.SIGNING, AmendmentState.AWAITING_FUNDS}
        and CONTRACT_POLICY.can(actor, ContractAction.AMEND, contract),
        "may_pay": is_payable(amendment) and CONTRACT_POLICY.can(actor, ContractAction.FUND, contract),
        "decline": DeclineForm(),
    }
