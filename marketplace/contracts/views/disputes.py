"""A dispute: opened about one piece of work, answered, talked about, decided, appealed; read by both sides alike."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.contracts.forms.work import AppealForm, DisputeForm, ProposalForm
from marketplace.contracts.machine import DISPUTE, OPEN_DISPUTE
from marketplace.contracts.models import Contract, Dispute, DisputeProposal, Side
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors.disputes import (
    evidence_about,
    history_of_dispute,
    mediators_proposal,
    proposals_of,
)
from marketplace.contracts.selectors.next_step import of_dispute
from marketplace.contracts.selectors.room import get_deliverable, get_dispute
from marketplace.contracts.services import deciding, disputes, mediation
from marketplace.contracts.services.disputes import open_dispute
from marketplace.contracts.steps.extra_rounds import disputed_minor
from marketplace.contracts.steps.split_preview import SplitPreview, split_preview
from marketplace.contracts.views.drawn import step_of
from marketplace.contracts.views.room import reader_side
from marketplace.core import clock
from marketplace.core.errors import Conflict, Forbidden, NotFound, Refused
from marketplace.core.money import Money
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView


class OpenDisputeView(PartyView):
    def get(self, request: HttpRequest, work_id: str) -> HttpResponse:
        return self.show(request, work_id, DisputeForm())

    def post(self, request: HttpRequest, work_id: str) -> HttpResponse:
        form = DisputeForm(request.POST)
        if not form.is_valid():
            return self.show(request, work_id, form, 422)
        try:
            dispute = open_dispute(
                actor=self.actor,
                deliverable_public_id=work_id,
                words=form.cleaned_data["words"],
                anchor_bp=form.anchor_bp,
            )
        except (Refused, Conflict) as error:
            form.add_error(None, sentence(error))
            return self.show(request, work_id, form, error.status)
        messages.success(request, _("The dispute is open. Only its amount stands still."))
        return redirect("dispute", dispute.public_id)

    def show(self, request: HttpRequest, work_id: str, form: DisputeForm, status: int = 200) -> HttpResponse:
        one = get_deliverable(self.actor, work_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.DISPUTE, one.contract)
        amount = Money(disputed_minor(one), one.contract.currency)
        context = {"one": one, "contract": one.contract, "form": form, "amount": amount}
        return render(request, "contracts/dispute_open.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Act:
    """What a side can do on the page: with a form of its own, or with the proposal that its button names."""

    do: Callable[..., object]
    said: Callable[[], str]
    form: type[forms.Form] | None = None
    names_proposal: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    anchor_bp: int
    sums: SplitPreview


ACTS: dict[str, Act] = {
    "answer": Act(
        disputes.answer_dispute, lambda: _("Your account is there. Now you can agree on a split."), DisputeForm
    ),
    "withdraw": Act(disputes.withdraw_dispute, lambda: _("Taken back. It goes on where it stood.")),
    "propose": Act(mediation.propose_split, lambda: _("Proposed. The other side is told."), ProposalForm),
    "accept": Act(mediation.accept_proposal, lambda: _("Accepted."), names_proposal=True),
    "refuse": Act(mediation.refuse_proposal, lambda: _("Refused. Our staff decide."), names_proposal=True),
    "accept_decision": Act(deciding.accept_decision, lambda: _("Accepted. You appeal no more.")),
    "appeal": Act(deciding.appeal_decision, lambda: _("Appealed. Other staff look at it again."), AppealForm),
}


class DisputeView(PartyView):
    def get(self, request: HttpRequest, dispute_id: str) -> HttpResponse:
        return self.show(request, get_dispute(self.actor, dispute_id))

    def post(self, request: HttpRequest, dispute_id: str) -> HttpResponse:
        dispute = get_dispute(self.actor, dispute_id)
        CONTRACT_POLICY.authorise(self.actor, ContractAction.DISPUTE, dispute.contract)
        name = request.POST.get("act", "answer")
        act = ACTS.get(name)
        if act is None:
            raise NotFound
        if name == "answer" and reader_side(self.actor, dispute.contract) == dispute.side:
            raise Forbidden(action="answer_dispute")
        form = act.form(request.POST) if act.form else None
        if form is not None and not form.is_valid():
            return self.show(request, dispute, {name: form}, 422)
        try:
            act.do(actor=self.actor, **_arguments(request, dispute, act, form))
        except (Refused, Conflict) as error:
            if form is not None:
                form.add_error(None, sentence(error))
                return self.show(request, get_dispute(self.actor, dispute_id), {name: form}, error.status)
            messages.error(request, sentence(error))
        else:
            messages.success(request, act.said())
        return redirect("dispute", dispute_id)

    def show(
        self, request: HttpRequest, dispute: Dispute, filled: dict[str, forms.Form] | None = None, status: int = 200
    ) -> HttpResponse:
        contract = dispute.contract
        side = reader_side(self.actor, contract)
        proposals = proposals_of(dispute)
        is_open = dispute.state in OPEN_DISPUTE
        may = CONTRACT_POLICY.can(self.actor, ContractAction.DISPUTE, contract)
        acts = acts_of(dispute, side, proposals) if may else set()
        blank = {name: act.form() for name, act in ACTS.items() if act.form and name in acts}
        context = {
            "dispute": dispute,
            "contract": contract,
            "one": dispute.deliverable,
            "side": side,
            "step": step_of(contract, of_dispute(dispute), side) if is_open else None,
            "accounts": accounts_of(dispute),
            "proposals": proposals,
            "mediators": mediators_proposal(proposals),
            "may_accept": acceptable(side, proposals) if "accept" in acts else set(),
            "outcomes": outcomes_of(dispute, proposals) if is_open else [],
            "acts": acts,
            "forms": blank | (filled or {}),
            "appeals": list(dispute.appeals.select_related("by").order_by("id")),
            "events": history_of_dispute(dispute),
            "evidence": evidence_about(dispute) if side else None,
        }
        return render(request, "contracts/dispute.html", context, status=status)


def _arguments(request: HttpRequest, dispute: Dispute, act: Act, form: forms.Form | None) -> dict[str, object]:
    if act.names_proposal:
        named = request.POST.get("proposal", "")
        if not dispute.proposals.filter(public_id=named).exists():
            raise NotFound
        return {"public_id": named}
    arguments: dict[str, object] = {"public_id": dispute.public_id}
    if form is not None:
        arguments["words"] = form.cleaned_data["words"]
        if "share" in form.cleaned_data:
            arguments["anchor_bp"] = form.anchor_bp
    return arguments


def acts_of(dispute: Dispute, side: str, proposals: list[DisputeProposal]) -> set[str]:
    """What that side can do now."""
    found = set()
    if DISPUTE.can(dispute, "reply") and side == dispute.other_side:
        found.add("answer")
    if DISPUTE.can(dispute, "withdraw") and side == dispute.side:
        found.add("withdraw")
    if DISPUTE.can(dispute, "offer_split"):
        found.add("propose")
    if DISPUTE.can(dispute, "agree") and acceptable(side, proposals):
        found.add("accept")
    mediators = mediators_proposal(proposals)
    if mediators and DISPUTE.can(dispute, "refuse") and not mediators.accepted_at(side):
        found.add("refuse")
    if DISPUTE.can(dispute, "take_effect") and not dispute.accepted_at(side):
        found.add("accept_decision")
    said = dispute.accepted_at(side) or dispute.appeals.filter(side=side).exists()
    if DISPUTE.can(dispute, "appeal") and not said and clock.now() < dispute.appeal_by:
        found.add("appeal")
    return found


def acceptable(side: str, proposals: list[DisputeProposal]) -> set[str]:
    """Those proposals, by their public ids, that this side can accept now."""
    standing = [one for one in proposals if one.is_standing and one.side != side]
    return {one.public_id for one in standing if not (one.is_mediators and one.accepted_at(side))}


def accounts_of(dispute: Dispute) -> list[dict[str, object]]:
    """The filer's first; the other side's is empty until it answers."""
    names = {Side.MERCHANT: dispute.contract.merchant.name, Side.ANCHOR: dispute.contract.anchor.name}
    return [
        {
            "name": names[Side(dispute.side)],
            "words": dispute.words,
            "anchor_bp": dispute.anchor_bp,
            "at": dispute.opened_at,
            "is_filers": True,
        },
        {
            "name": names[dispute.other_side],
            "words": dispute.reply,
            "anchor_bp": dispute.reply_bp,
            "at": dispute.replied_at,
            "is_filers": False,
        },
    ]


def outcomes_of(dispute: Dispute, proposals: list[DisputeProposal]) -> list[Outcome]:
    """What each split that is on the table does with the money: the decision's alone once there is one."""
    if dispute.decided_bp is not None:
        return [Outcome(_("As decided"), dispute.decided_bp, split_preview(dispute, dispute.decided_bp))]
    names = proposers(dispute.contract)
    standing = [one for one in reversed(proposals) if one.is_standing]
    return [Outcome(names[one.side], one.anchor_bp, split_preview(dispute, one.anchor_bp)) for one in standing]


def proposers(contract: Contract) -> dict[str, str]:
    return {
        Side.MERCHANT.value: contract.merchant.name,
        Side.ANCHOR.value: contract.anchor.name,
        MEDIATOR: _("Our mediator"),
    }
