"""One piece of work: what was handed in, what was said about it, and what may be done with it now."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.forms.work import ChangesForm, HandInForm, ProofBackForm, PublishForm, RemarkForm, StayUpForm
from marketplace.contracts.machine import AT_WORK, DELIVERABLE, StayUpState
from marketplace.contracts.models import Deliverable, StayUpQuestion
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.releasing import Parts, parts_of
from marketplace.contracts.selectors.room import get_deliverable, history_of_work, submissions_of
from marketplace.contracts.services import links, work
from marketplace.contracts.steps.releasing import is_frozen, settled_minor
from marketplace.contracts.views.room import may, reader_side
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
            function(self.actor, one, form)
        except (Refused, Conflict) as error:
            if form is None:
                messages.error(request, sentence(error))
                return redirect("work", work_id)
            form.add_error(None, sentence(error))
            return self.show(request, one, {act: form}, error.status)
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
        submissions = submissions_of(one)
        shown = [public_id for each in submissions for public_id in each.files]
        question = open_question(one)
        can = {name: running and DELIVERABLE.can(one, name) for name in ACTS if name not in BESIDE}
        can["answer_stay_up"] = question is not None
        can["remark"] = bool(submissions) and contract.state in AT_WORK
        acts = {name for name in ACTS if can[name] and allowed[NEEDS[name]]}
        forms_ = {name: self.form(ACTS[name][0], one) for name in acts if ACTS[name][0]} | (given or {})
        context = {
            "one": one,
            "contract": contract,
            "side": reader_side(self.actor, contract),
            "acts": acts,
            "forms": forms_,
            "submissions": submissions,
            "question": question,
            "files": files_of(self.actor, shown),
            "pictures": pictures_of(self.actor, shown),
            "frozen": contract.disputes.open().filter(deliverable=one).first(),
            "may_dispute": running and allowed["dispute"] and one.is_open and bool(one.releases_minor),
            "effect": effect_of(one),
            "events": history_of_work(one),
        }
        return render(request, "contracts/work.html", context, status=status)


def effect_of(one: Deliverable) -> Parts | None:
    """What it would release now, part by part; None when it is settled, or releases nothing."""
    if not one.is_open or not one.releases_minor:
        return None
    contract = one.contract
    return parts_of(contract.falls, before_minor=settled_minor(contract), gross_minor=one.releases_minor)


BESIDE = {"remark", "answer_stay_up"}  # no moves of the machine
NEEDS = {
    **dict.fromkeys(("submit", "publish", "answer_stay_up"), ContractAction.SUBMIT.value),
    **dict.fromkeys(("request_changes", "approve", "send_back", "verify"), ContractAction.REVIEW.value),
    "remark": ContractAction.REMARK.value,
}
