"""The pages that prove: for whoever has a contract's number, and for whoever has a file that claims to be one."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from marketplace.contracts import documents
from marketplace.contracts.errors import TooManyChecks
from marketplace.contracts.forms import VerifyForm
from marketplace.contracts.models import ContractDocument
from marketplace.contracts.sealing.check import Finding, check
from marketplace.contracts.sealing.configured import our_certificates
from marketplace.contracts.selectors import Proof, prove
from marketplace.contracts.selectors.sealed import find_by_digest
from marketplace.http.allowance import spend
from marketplace.media.sniff import is_pdf


@dataclass(frozen=True, slots=True)
class Compared:
    """A file that somebody sent: of a PDF what its seal says, of anything else which text it is. Nothing is kept."""

    digest: str
    finding: Finding | None = None
    is_kept: bool = False  # we keep this very file
    text: ContractDocument | None = None
    is_another: bool = False  # sealed, but of another contract than the page's


class ProofView(View):
    """Without a number only files that bear our seal can be told from others. Hashes are drawn anew each time."""

    def get(self, request: HttpRequest, contract_id: str = "") -> HttpResponse:
        return self.show(request, _proof(contract_id), VerifyForm())

    def post(self, request: HttpRequest, contract_id: str = "") -> HttpResponse:
        proof = _proof(contract_id)
        form = VerifyForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, proof, form, status=422)
        data = form.cleaned_data["copy"].read()
        if is_pdf(data):
            spend("proof", request.META.get("REMOTE_ADDR", ""), settings.CHECKS_OF_COPIES, TooManyChecks)
            return self.show(request, proof, form, _seal_of(data, contract_id))
        return self.show(request, proof, form, _text_of(data, proof))

    def show(
        self,
        request: HttpRequest,
        proof: Proof | None,
        form: forms.Form,
        compared: Compared | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {"proof": proof, "form": form, "compared": compared}
        return render(request, "contracts/proof.html", context, status=status)


def _proof(contract_id: str) -> Proof | None:
    return prove(contract_id) if contract_id else None


def _seal_of(data: bytes, contract_id: str) -> Compared:
    digest = documents.sha256_of_bytes(data)
    finding = check(data, our_certificates())
    return Compared(
        digest,
        finding=finding,
        is_kept=find_by_digest(digest) is not None,
        is_another=bool(contract_id and finding.contract and finding.contract != contract_id),
    )


def _text_of(data: bytes, proof: Proof | None) -> Compared:
    digest = documents.sha256_of_bytes(data)
    texts = [one for one, _matches in proof.documents] if proof else []
    return Compared(digest, text=next((one for one in texts if one.sha256 == digest), None))
