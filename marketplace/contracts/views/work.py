"""One piece of work: what was handed in, what was said about it, and what may be done with it now."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.forms.work import (
    ChangesForm,
    HandInForm,
    ProofBackForm,
    PublishForm,
    RemarkForm,
    RoundForm,
    StayUpForm,
)
from marketplace.contracts.machine import AT_WORK, DELIVERABLE, DeliverableState, StayUpState
from marketplace.contracts.models import Deliverable, ExtraRound, Side, StayUpQuestion
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors.extra_rounds import asked_round, rounds_of
from marketplace.contracts.selectors.room import get_deliverable, history_of_work, submissions_of
from marketplace.contracts.services import extra_rounds, links, work
from marketplace.contracts.steps.extra_rounds import disputed_minor, may_ask_for_round, next_release
from marketplace.contracts.steps.releasing import funds_are_frozen, is_frozen
from marketplace.contracts.views.room import may, reader_side
from marketplace.core import clock
from marketplace.core.access_log import first_accesses, log_access
from marketplace.core.actor import Actor
from marketplace.core.errors import Conflict, Forbidden, NotFound, Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView
from marketplace.media.flows.resumable import handed_over
from marketplace.media.selectors import files_of, pictures_of

Act = Callable[[Actor, Deliverable, forms.Form | None], object]


def submit(actor: Actor, one: Deliverable, form: HandInForm) -> None:
    given = form.cleaned_data
    CONTRACT_POLICY.authorise(actor, ContractAction.SUBMIT, one.contract)  # before a file is kept
    files = handed_over(actor=actor, ids=given["files"].ids, small=given["files"].small, purpose="work")
    work.submit(actor=actor, public_id=one.public_id, note=given["note"], link=given["link"], files=files)


def request_changes(actor: Actor, one: Deliverable, form: ChangesForm) -> None:
    work.request_changes(actor=actor, public_id=one.public_id, words=form.cleaned_data["words"])


def ask_round(actor: Actor, one: Deliverable, form: RoundForm) -> ExtraRound:
    return extra_rounds.ask_for_round(actor=actor, public_id=one.public_id, words=form.cleaned_data["words"])


def take_round_back(actor: Actor, one: Deliverable, form: None) -> None:
    asked = asked_round(rounds_of(one))
    if asked is None:
        raise NotFound
    extra_rounds.take_round_back(actor=actor, public_id=asked.public_id)


def approve(actor: Actor, one: Deliverable, form: None) -> None:
    work.approve(actor=actor, public_id=one.public_id)


def publish(actor: Actor, one: Deliverable, form: PublishForm) -> None:
    work.publish(actor=actor, public_id=one.public_id, **form.cleaned_data)


def send_back(actor: Actor, one: Deliverable, form: ProofBackForm) -> None:
    work.send_proof_back(actor=actor, public_id=one.public_id, words=form.cleaned_data["words"])


def verify(actor: Actor, one: Deliverable, form: None) -> None:
    work.verify(actor=actor, public_id=one.public_id)


def remark(actor: Actor, one: Deliverable, form: RemarkForm) -> None:
    work.remark(actor=actor, public_id=one.public_id, text=form.cleaned_data["text"], at_second=form.cleaned_data["at"])


def answer_stay_up(actor: Actor, one: Deliverable, form: StayUpForm) -> None:
    question = open_question(one)
    if question is None:
        raise NotFound
    links.answer_stay_up(actor=actor, public_id=question.public_id, words=form.cleaned_data["words"])


def open_question(one: Deliverable) -> StayUpQuestion | None:
    return one.stay_up_questions.filter(state=StayUpState.OPEN).first()


# act → (the form that it needs, what it does, what is said afterwards)
ACTS: dict[str, tuple[type[forms.Form] | None, Act, str]] = {
    "submit": (HandInForm, submit, _("Handed in. The other side has been told.")),
    "request_changes": (ChangesForm, request_changes, _("Asked for. One round is used.")),
    "ask_round": (RoundForm, ask_round, _("Kept. It is asked for when it is paid.")),
    "take_round_back": (None, take_round_back, _("Taken back. Nothing is owed for it.")),
    "approve": (None, approve, _("Approved.")),
    "publish": (PublishForm, publish, _("Noted. It is checked within 72 hours.")),
    "send_back": (ProofBackForm, send_back, _("Asked to be shown again.")),
    "verify": (None, verify, _("Verified. Its share is released.")),
    "answer_stay_up": (StayUpForm, answer_stay_up, _("Noted. The merchant has been told.")),
    "remark": (RemarkForm, remark, _("Your comment is there.")),
}


class WorkView(PartyView):
    def get(self, request: HttpRequest, work_id: str) -> HttpResponse:
        return self.show(request, get_deliverable(self.actor, work_id))

    def post(self, request: HttpRequest, work_id: str) -> HttpResponse:
        one = get_deliverable(self.actor, work_id)
        act = request.POST.get("act", "")
        if act not in NEEDS or not may(self.actor, one.contract)[NEEDS[act]]:
            raise Forbidden(action="work")
        kind, function, said = ACTS[act]
        form = self.form(kind, one, request.POST, request.FILES) if kind else None
        if form is not None and not form.is_valid():
            return self.show(request, one, {act: form}, 422)
        try:
            made = function(self.actor, one, form)
        except (Refused, Conflict) as error:
            if form is None:
                messages.error(request, sentence(error))
                return redirect("work", work_id)
            form.add_error(None, sentence(error))
            return self.show(request, one, {act: form}, error.status)
        if isinstance(made, ExtraRound) and may(self.actor, one.contract)[ContractAction.FUND]:
            return redirect("round-pay", made.public_id)
        messages.success(request, str(said))
        return redirect("work", work_id)

    def form(self, kind: type[forms.Form], one: Deliverable, data=None, files=None) -> forms.Form:
        more = {"deliverable": one} if kind is PublishForm else {}
        return kind(data, files, **more)

    def show(
        self, request: HttpRequest, one: Deliverable, given: dict[str, forms.Form] | None = None, status: int = 200
    ) -> HttpResponse:
        contract = one.contract
        running = contract.state in AT_WORK and not is_frozen(one)
        allowed = may(self.actor, contract)
        side, submissions = reader_side(self.actor, contract), submissions_of(one)
        if side == Side.MERCHANT and submissions:
            log_access(actor=self.actor, subject=submissions[0].public_id, address=request.META.get("REMOTE_ADDR", ""))
        shown = [public_id for each in submissions for public_id in each.files]
        question = open_question(one)
        can = {name: running and DELIVERABLE.can(one, name) for name in ACTS if name not in BESIDE}
        rounds = rounds_of(one)
        asked = asked_round(rounds)
        can["ask_round"] = running and asked is None and may_ask_for_round(one)
        can["take_round_back"] = asked is not None
        can["answer_stay_up"] = question is not None
        can["remark"] = bool(submissions) and contract.state in AT_WORK
        acts = {name for name in ACTS if can[name] and allowed[NEEDS[name]]}
        forms_ = {name: self.form(ACTS[name][0], one) for name in acts if ACTS[name][0]} | (given or {})
        context = {
            "one": one,
            "contract": contract,
            "side": side,
            "acts": acts,
            "forms": forms_,
            "submissions": submissions,
            "first_looks": first_accesses([each.public_id for each in submissions], party_id=contract.merchant_id),
            "question": question,
            "files": files_of(self.actor, shown),
            "pictures": pictures_of(self.actor, shown),
            "funds_frozen": contract.state in AT_WORK and funds_are_frozen(contract),
            "frozen": contract.disputes.open().filter(deliverable=one).first(),
            "may_report_absence": is_about_absence(one, allowed["review"] or allowed["submit"]),
            "may_dispute": running and allowed["dispute"] and one.is_open and bool(disputed_minor(one)),
            "may_fund": allowed["fund"],
            "a_round": contract.extra_round,
            "asked_round": asked,
            "bought_rounds": [each for each in rounds if each.paid_at],
            "effect": next_release(one) if one.is_open else None,
            "events": history_of_work(one),
        }
        return render(request, "contracts/work.html", context, status=status)


BESIDE = {"remark", "answer_stay_up", "ask_round", "take_round_back"}  # no moves of the machine
NEEDS = {
    **dict.fromkeys(("submit", "publish", "answer_stay_up"), ContractAction.SUBMIT.value),
    **dict.fromkeys(("request_changes", "ask_round", "take_round_back"), ContractAction.REVIEW.value),
    **dict.fromkeys(("approve", "send_back", "verify"), ContractAction.REVIEW.value),
    "remark": ContractAction.REMARK.value,
}


def is_about_absence(one: Deliverable, may: bool) -> bool:
    """A live that was due and did not take place: a page where that is said, and answered."""
    due = clock.today(one.contract.deal.time_zone) >= one.due_on
    return may and one.is_live and due and one.state in {DeliverableState.PLANNED, DeliverableState.OVERDUE}
