"""The owner's pages: what is asked, how far it is, and the form of each check."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.core.errors import Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView
from marketplace.verification.errors import StillMissing
from marketplace.verification.flows.drafts import save, save_and_submit
from marketplace.verification.forms.check import CheckForm
from marketplace.verification.labels import LABELS, NAMES, STATES, WHY
from marketplace.verification.selectors import CheckView, check_of, checks_of
from marketplace.verification.services.drafts import remove_document, revise_verification, withdraw_verification

# The field under which a refusal of the whole is said.
FIELD_OF = {
    "verification_too_young": "birth_on",
    "verification_birth_date": "birth_on",
    "verification_holder_is_not_guardian": "legal_name",
}


class OwnerView(PartyView):
    """For the party's owner alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.party is not None:
            PARTY.authorise(request.actor, PartyAction.VERIFY, request.party)
        return super().dispatch(request, *args, **kwargs)


class OverviewView(OwnerView):
    def get(self, request: HttpRequest) -> HttpResponse:
        checks = [described(check) for check in checks_of(self.actor, request.party)]
        return render(request, "verification/overview.html", {"checks": checks})


class CheckFormView(OwnerView):
    """Saved whenever it is sent; handed in with the second button."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        check = check_of(self.actor, request.party, kind)
        return self.show(request, check, CheckForm(kind=kind, verification=check.verification))

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        check = check_of(self.actor, request.party, kind)
        form = CheckForm(request.POST, request.FILES, kind=kind, verification=check.verification)
        if not form.is_valid():
            return self.show(request, check, form, 422)
        submit = "submit" in request.POST
        act = save_and_submit if submit else save
        try:
            act(actor=self.actor, kind=kind, values=form.values, papers=form.papers)
        except Refused as refusal:
            self.say(form, refusal)
            return self.show(request, check_of(self.actor, request.party, kind), form, refusal.status)
        if submit:
            messages.success(request, _("It is with us. We look at it, usually within a day."))
            return redirect("verification")
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect("verification-form", kind)

    def say(self, form: CheckForm, refusal: Refused) -> None:
        if isinstance(refusal, StillMissing):
            for name in refusal.context["fields"]:
                form.add_error(name, _("This is still missing."))
        else:
            form.add_error(FIELD_OF.get(refusal.code), sentence(refusal))

    def show(self, request: HttpRequest, check: CheckView, form: CheckForm, status: int = 200) -> HttpResponse:
        return render(request, "verification/check.html", described(check) | {"form": form}, status=status)


class WithdrawView(OwnerView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        withdraw_verification(actor=self.actor, kind=kind)
        messages.success(request, _("Taken back. It is a draft again."))
        return redirect("verification-form", kind)


class ReviseView(OwnerView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        revise_verification(actor=self.actor, kind=kind)
        return redirect("verification-form", kind)


class DocumentRemoveView(OwnerView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest, kind: str, document_id: str) -> HttpResponse:
        remove_document(actor=self.actor, kind=kind, document_id=document_id)
        messages.success(request, _("The paper is out and is being deleted."))
        return redirect("verification-form", kind)


def described(check: CheckView) -> dict[str, object]:
    """A check and its words."""
    label, tone, then = STATES[check.state]
    return {
        "check": check,
        "name": NAMES[check.kind],
        "why": WHY[check.kind],
        "state_label": label,
        "tone": tone,
        "then": then,
        "missing": [LABELS[name] for name in check.missing],
    }
