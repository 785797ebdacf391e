"""What the sides say of each other when a contract has ended: written unseen, read together, answered once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.contracts.forms.review import AnswerForm, ReviewForm
from marketplace.contracts.machine import REVIEW
from marketplace.contracts.models import Contract, Review, Side
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors.contracts import get_contract
from marketplace.contracts.selectors.reviews import reviews_of
from marketplace.contracts.services.reviews import answer_review, write_review
from marketplace.contracts.views.room import reader_side
from marketplace.core import clock
from marketplace.core.errors import Conflict, NotFound
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView


class ReviewView(PartyView):
    def get(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        return self.show(request, get_contract(self.actor, contract_id))

    def post(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        contract = get_contract(self.actor, contract_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.RATE, contract)
        mine, theirs = self.reviews(contract)
        if request.POST.get("act") == "answer":
            return self.answer(request, contract, theirs)
        form = ReviewForm(request.POST, side=mine.side)
        if not form.is_valid():
            return self.show(request, contract, {"write": form}, 422)
        try:
            write_review(
                actor=self.actor,
                contract_public_id=contract_id,
                stars=form.stars,
                words=form.cleaned_data["words"],
            )
        except Conflict as error:
            form.add_error(None, sentence(error))
            return self.show(request, contract, {"write": form}, error.status)
        messages.success(request, _("Written. It is shown when the other side has written, too, or the days are over."))
        return redirect("review", contract_id)

    def answer(self, request: HttpRequest, contract: Contract, theirs: Review | None) -> HttpResponse:
        if theirs is None:
            raise NotFound
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.show(request, contract, {"answer": form}, 422)
        try:
            answer_review(actor=self.actor, public_id=theirs.public_id, words=form.cleaned_data["answer"])
        except Conflict as error:
            form.add_error(None, sentence(error))
            return self.show(request, contract, {"answer": form}, error.status)
        messages.success(request, _("Your answer stands below the review."))
        return redirect("review", contract.public_id)

    def reviews(self, contract: Contract) -> tuple[Review, Review | None]:
        """One's own, and the other side's once it is published. Raises NotFound before there are any, or for whoever
        reads along."""
        side = reader_side(self.actor, contract)
        found = reviews_of(self.actor, contract)
        if side not in found:
            raise NotFound
        other = Side.ANCHOR if side == Side.MERCHANT else Side.MERCHANT
        return found[side], found.get(other)

    def show(
        self, request: HttpRequest, contract: Contract, filled: dict[str, object] | None = None, status: int = 200
    ) -> HttpResponse:
        mine, theirs = self.reviews(contract)
        may = CONTRACT_POLICY.can(self.actor, ContractAction.RATE, contract)
        forms = {}
        if may and REVIEW.can(mine, "write") and clock.now() < mine.write_by:
            forms["write"] = ReviewForm(side=mine.side)
        if may and theirs is not None and not theirs.answer:
            forms["answer"] = AnswerForm()
        context = {
            "contract": contract,
            "mine": mine,
            "theirs": theirs,
            "other": contract.anchor if mine.side == Side.MERCHANT else contract.merchant,
            "forms": forms | (filled or {}),
        }
        return render(request, "contracts/review.html", context, status=status)
