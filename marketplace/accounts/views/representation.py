"""Agency and anchor: the list, a request, and one representation with its next move."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.forms.representation import AskForm, TermsForm
from marketplace.accounts.models import PartyKind, Representation
from marketplace.accounts.models.representation import Scope
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.representation_terms import Terms
from marketplace.accounts.selectors import find_counterpart, get_representation, list_representations
from marketplace.accounts.services import representations as services
from marketplace.core.errors import MooringError, NotFound
from marketplace.core.record import timeline
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView, say_refusal

SIDES = frozenset({PartyKind.ANCHOR, PartyKind.AGENCY})


class RepresentationListView(PartyView):
    kinds = SIDES

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "representations": list_representations(self.actor),
            "may_ask": PARTY.can(self.actor, PartyAction.REPRESENT, request.party),
        }
        return render(request, "accounts/representations.html", context)


class RepresentationAskView(PartyView):
    kinds = SIDES

    def get(self, request: HttpRequest) -> HttpResponse:
        PARTY.authorise(self.actor, PartyAction.REPRESENT, request.party)
        return self.show(request, AskForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        PARTY.authorise(self.actor, PartyAction.REPRESENT, request.party)
        form = AskForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, 422)
        other = find_counterpart(request.party, form.cleaned_data["other"])
        if other is None:
            # The same words whether the address is unknown or of another kind: addresses are not to be probed.
            form.add_error("other", _("No one on the other side signs in with this address. Ask them to join first."))
            return self.show(request, form, 422)
        try:
            asked = services.ask_representation(
                actor=self.actor,
                other_public_id=other.public_id,
                terms=form.terms,
                message=form.cleaned_data["message"],
            )
        except MooringError as error:
            form.add_error(None, sentence(error))
            return self.show(request, form, error.status)
        messages.success(request, _("Your request is with %(other)s. It lapses after seven days.") % {"other": other})
        return redirect("representation", asked.public_id)

    def show(self, request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/representation_ask.html", {"form": form}, status=status)


class RepresentationView(PartyView):
    """One of them, and what can be done about it. POST names the act."""

    kinds = SIDES

    def get(self, request: HttpRequest, representation_id: str) -> HttpResponse:
        return self.show(request, get_representation(self.actor, representation_id))

    def post(self, request: HttpRequest, representation_id: str) -> HttpResponse:
        get_representation(self.actor, representation_id)
        PARTY.authorise(self.actor, PartyAction.REPRESENT, request.party)
        act = self.acts.get(request.POST.get("act", ""))
        if act is None:
            raise NotFound
        try:
            act(actor=self.actor, public_id=representation_id)
        except NotFound:
            raise
        except MooringError as error:
            say_refusal(request, error)
        return redirect("representation", representation_id)

    acts: dict[str, Callable[..., Any]] = {
        "accept": services.accept_representation,
        "close": services.close_request,
        "accept_change": lambda **kwargs: services.answer_change(accept=True, **kwargs),
        "decline_change": lambda **kwargs: services.answer_change(accept=False, **kwargs),
        "end": services.end_representation,
        "keep": services.keep_representation,
    }

    def show(self, request: HttpRequest, found: Representation) -> HttpResponse:
        proposed = Terms.from_json(found.proposed_change) if found.proposed_change else None
        context = {
            "rep": found,
            "other": found.anchor if found.agency_id == self.actor.party_id else found.agency,
            "terms": described(terms_of(found)),
            "proposed": described(proposed) if proposed else None,
            "mine": self.actor.party_id == (found.asked_by_id if found.state == "requested" else found.proposed_by_id),
            "may_act": PARTY.can(self.actor, PartyAction.REPRESENT, request.party),
            "events": timeline(found.public_id),
        }
        return render(request, "accounts/representation.html", context)


class RepresentationChangeView(PartyView):
    kinds = SIDES

    def get(self, request: HttpRequest, representation_id: str) -> HttpResponse:
        found = get_representation(self.actor, representation_id)
        PARTY.authorise(self.actor, PartyAction.REPRESENT, request.party)
        return self.show(request, found, TermsForm(terms=terms_of(found)))

    def post(self, request: HttpRequest, representation_id: str) -> HttpResponse:
        found = get_representation(self.actor, representation_id)
        PARTY.authorise(self.actor, PartyAction.REPRESENT, request.party)
        form = TermsForm(request.POST, terms=terms_of(found))
        if not form.is_valid():
            return self.show(request, found, form, 422)
        try:
            services.ask_change(actor=self.actor, public_id=representation_id, terms=form.terms)
        except NotFound:
            raise
        except MooringError as error:
            form.add_error(None, sentence(error))
            return self.show(request, found, form, error.status)
        messages.success(request, _("Proposed. The present terms hold until the other side accepts."))
        return redirect("representation", representation_id)

    def show(self, request: HttpRequest, found: Representation, form: TermsForm, status: int = 200) -> HttpResponse:
        other = found.anchor if found.agency_id == self.actor.party_id else found.agency
        return render(
            request, "accounts/representation_change.html", {"form": form, "rep": found, "other": other}, status=status
        )


def terms_of(found: Representation) -> Terms:
    return Terms(
        scope=tuple(found.scope),
        fee_share_bp=found.fee_share_bp,
        cps_share_bp=found.cps_share_bp,
        starts_on=found.period.lower,
        ends_before=found.period.upper,
        notice_days=found.notice_days,
    )


def described(terms: Terms) -> dict[str, object]:
    """Terms in the reader's words, for a page."""
    labels = dict(Scope.choices)
    return {
        "scope": [labels[scope] for scope in terms.scope],
        "fee_share": f"{terms.fee_share_bp / 100:g}",
        "cps_share": f"{terms.cps_share_bp / 100:g}",
        "starts_on": terms.starts_on,
        "ends_before": terms.ends_before,
        "notice_days": terms.notice_days,
    }
