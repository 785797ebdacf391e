"""Reading contracts. Signing is not here: a signature wants a person who has just proved that it is she."""

from django.http import HttpResponse
from rest_framework.request import Request

from marketplace.accounts.scopes import Scope
from marketplace.contracts.api.shapes import (
    ContractLine,
    ContractOut,
    ContractQuery,
    DocumentOut,
    ProofOut,
    SealedOut,
)
from marketplace.contracts.selectors import documents_of, get_contract, list_contracts, prove, signers_of
from marketplace.contracts.selectors.sealed import get_sealed
from marketplace.http.api.operations import Operation
from marketplace.http.api.views import ApiView, reply, written
from marketplace.http.keyset import Order

NEWEST = Order(("id",))


class ContractsView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="listContracts",
            summary="Contracts that your party is a side of, the newest first",
            scope=Scope.CONTRACTS_READ,
            answer=ContractLine,
            paged=True,
            query=ContractQuery,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(list_contracts(self.actor, state=self.asked.get("state", "")), NEWEST)


class ContractView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="getContract", summary="A contract with its terms", scope=Scope.CONTRACTS_READ, answer=ContractOut
        )
    }

    def get(self, request: Request, contract_id: str) -> HttpResponse:
        contract = get_contract(self.actor, contract_id)
        context = {"actor": self.actor, "request": request, "signers": signers_of(contract)}
        return reply(200, written(ContractOut(contract, context=context).data))


class DocumentsView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="listContractDocuments",
            summary="The exact words, in each language; the governing one first",
            scope=Scope.CONTRACTS_READ,
            answer=DocumentOut,
            paged=True,
            more="There are so few that all of them come at once.",
        )
    }

    def get(self, request: Request, contract_id: str) -> HttpResponse:
        return self.all_of(documents_of(get_contract(self.actor, contract_id)))


class SealedView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="getSealedContract",
            summary="The sealed PDF of what all have signed",
            scope=Scope.CONTRACTS_READ,
            answer=SealedOut,
            more="404 before the last signature; 409 for the moments until it is sealed.",
            later=True,
        )
    }

    def get(self, request: Request, contract_id: str) -> HttpResponse:
        return self.answer(get_sealed(self.actor, contract_id))


class ProofView(ApiView):
    tag = "contracts"
    operations = {
        "GET": Operation(
            id="proveContract",
            summary="Whether text and terms are still what was signed",
            scope=Scope.CONTRACTS_READ,
            answer=ProofOut,
            more="404 before the first signature.",
        )
    }

    def get(self, request: Request, contract_id: str) -> HttpResponse:
        return self.answer(ProofOut.of(prove(get_contract(self.actor, contract_id).public_id)))
