"""Contracts: the list, one of them with its exact words, and signing it."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from marketplace.contracts.clauses.cards import cards
from marketplace.contracts.clauses.warnings import warnings
from marketplace.contracts.clauses.wording import in_words
from marketplace.contracts.forms import SignForm
from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Capacity, Contract, Method
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction, capacity_of
from marketplace.contracts.selectors import (
    documents_of,
    get_contract,
    governing_document,
    list_contracts,
    signers_of,
)
from marketplace.contracts.services.signing import Hand, ProofOfPerson, decline, sign
from marketplace.contracts.views.room import is_room, room
from marketplace.core.errors import Conflict, NotFound, Refused
from marketplace.core.money import Money
from marketplace.core.record import timeline
from marketplace.http.keyset import Order, page_of
from marketplace.http.sentences import sentence
from marketplace.http.views import SignedInView, say_refusal

PAGE = 20
NEWEST = Order(("drafted_at", "id"))
METHODS = {"password": Method.PASSWORD, "mfa": Method.CODE}


class ContractsView(SignedInView):
    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_of(list_contracts(self.actor), NEWEST, cursor=request.GET.get("after", ""), size=PAGE)
        rows = [(contract, Money(contract.gross_minor, contract.currency)) for contract in page.rows]
        return render(request, "contracts/list.html", {"page": page, "rows": rows})


class ContractView(SignedInView):
    def get(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        contract = get_contract(self.actor, contract_id)
        if is_room(contract):
            return room(request, contract_id)
        return render(request, "contracts/contract.html", page(request, contract))


def page(request: HttpRequest, contract: Contract) -> dict[str, object]:
    capacity = capacity_for(request, contract)
    signers = signers_of(contract)
    mine = next((one for one in signers if one.capacity == capacity), None)
    falls = contract.falls
    deal = contract.deal
    return {
        "contract": contract,
        "signers": signers,
        "documents": documents_of(contract),
        "deal": deal,
        "items": list(zip(deal.deliverables, [Money(n, deal.currency) for n in deal.releases_minor], strict=True)),
        "falls": {name: falls.money(name) for name in ("gross", "platform_fee", "vat", "pays", "agency", "anchor")},
        "a_round": contract.extra_round,
        "agency_share": f"{falls.agency_share_bp / 100:g} %",
        "vat_share": f"{falls.vat_bp / 100:g} %",
        "my_turn": contract.state == ContractState.SIGNING and mine is not None and mine.signature is None,
        "may_sign": capacity == Capacity.GUARDIAN or CONTRACT_POLICY.can(request.actor, ContractAction.SIGN, contract),
        "events": timeline(contract.public_id),
    }


def capacity_for(request: HttpRequest, contract: Contract) -> Capacity | None:
    """A guardian is known by her address; everybody else by the party that they act for."""
    if contract.guardian_email and request.user.email.lower() == contract.guardian_email:
        return Capacity.GUARDIAN
    return capacity_of(request.actor, contract)


@method_decorator(reauthentication_required, name="dispatch")
class SignView(SignedInView):
    """The text once more, and a name under it. Asks for the password, a passkey or a code right before."""

    def get(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        contract = self.contract(request, contract_id)
        return self.show(request, contract, SignForm(initial=self.given(request, contract)))

    def post(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        contract = self.contract(request, contract_id)
        if "decline" in request.POST:
            try:
                decline(actor=self.actor, public_id=contract_id)
                messages.success(request, _("Not signed. Nobody is bound, and the others have been told."))
            except Conflict as error:
                say_refusal(request, error)
            return redirect("contract", contract_id)
        form = SignForm(request.POST)
        if not form.is_valid():
            return self.show(request, contract, form, 422)
        try:
            signed = sign(
                actor=self.actor,
                public_id=contract_id,
                document_sha256=form.cleaned_data["document"],
                proof=proof_of(request),
                hand=Hand(typed=form.cleaned_data["typed"], drawn=form.cleaned_data["drawn"]),
            )
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, contract, form, error.status)
        if signed.state == ContractState.SIGNING:
            messages.success(request, _("Signed. It binds when the others have signed too."))
        else:
            messages.success(request, _("Signed by all: the contract binds. A copy is in your mail."))
        return redirect("contract", contract_id)

    def given(self, request: HttpRequest, contract: Contract) -> dict[str, str]:
        guards = capacity_for(request, contract) == Capacity.GUARDIAN
        typed = contract.guardian_name if guards else str(request.user)
        return {"document": governing_document(contract).sha256, "typed": typed}

    def contract(self, request: HttpRequest, contract_id: str) -> Contract:
        contract = get_contract(self.actor, contract_id)
        if capacity_for(request, contract) != Capacity.GUARDIAN:
            CONTRACT_POLICY.authorise(self.actor, ContractAction.SIGN, contract)
        return contract

    def show(self, request: HttpRequest, contract: Contract, form: SignForm, status: int = 200) -> HttpResponse:
        context = page(request, contract) | meaning(capacity_for(request, contract), contract) | {"form": form}
        return render(request, "contracts/sign.html", context, status=status)


def meaning(capacity: Capacity | None, contract: Contract) -> dict[str, list[str]]:
    """What the terms say to whoever signs so: a guardian reads what the anchor does."""
    side = Capacity.ANCHOR if capacity == Capacity.GUARDIAN else capacity
    typed = [text for said in contract.brief.values() for text in (said.values() if isinstance(said, dict) else [said])]
    return {
        "cards": in_words(cards(contract.deal, contract.falls, str(side))),
        "warnings": in_words(warnings(contract.deal, typed, str(side))),
    }


def proof_of(request: HttpRequest) -> ProofOfPerson:
    """The last way in which this session proved who it is, and where from."""
    records = request.session.get("account_authentication_methods", [])
    last = records[-1] if records else {}
    method = METHODS.get(last.get("method", ""), Method.PASSWORD)
    if last.get("type") == "webauthn":
        method = Method.PASSKEY
    return ProofOfPerson(
        method=method,
        address=request.META.get("REMOTE_ADDR") or None,
        browser=request.headers.get("User-Agent", ""),
    )


class DocumentView(SignedInView):
    """The exact bytes, to keep."""

    def get(self, request: HttpRequest, contract_id: str, language: str) -> HttpResponse:
        contract = get_contract(self.actor, contract_id)
        found = contract.documents.filter(language=language).first()
        if found is None:
            raise NotFound
        response = HttpResponse(found.content.encode(), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{contract.number}.{language}.txt"'
        response["Cache-Control"] = "private, no-store"
        return response
