"""The page where a side asks its few questions: a first step that can be left and resumed, later a setting."""

from collections.abc import Callable
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.models.party import PartyState
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.http.views import PartyView


class ProfileView(PartyView):
    """A side names its kind of party, its ModelForm, the service that saves, and the words of the page.

    "Finish later" keeps what is there, complete or not; what is wrong (not missing) is still said.
    """

    form_class: ClassVar[type[forms.ModelForm]]
    first_form_class: ClassVar[type[forms.ModelForm] | None] = None  # of the first steps, when it asks more
    template_name: ClassVar[str]
    afterwards: ClassVar[str] = "dashboard"
    save: ClassVar[Callable]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, self.form_of(request)(instance=self.profile(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        PARTY.authorise(self.actor, PartyAction.PROFILE, request.party)
        later = "later" in request.POST
        form = self.form_of(request)(request.POST, request.FILES, instance=self.profile(request))
        if later:
            for field in form.fields.values():
                field.required = False
        if not form.is_valid():
            return self.show(request, form, status=422)
        first_time = request.party.state == PartyState.ONBOARDING
        self.keep(form, complete=not later)
        if later:
            messages.info(request, _("Saved. You can go on whenever you like."))
        elif first_time:
            messages.success(request, _("%(party)s is ready.") % {"party": request.party.name})
        else:
            messages.success(request, _("Saved."))
            return redirect(self.afterwards)
        return redirect("dashboard")

    def keep(self, form: forms.ModelForm, *, complete: bool) -> None:
        type(self).save(actor=self.actor, complete=complete, **form.cleaned_data)

    def form_of(self, request: HttpRequest) -> type[forms.ModelForm]:
        first = request.party.state == PartyState.ONBOARDING
        return self.first_form_class if first and self.first_form_class else self.form_class

    def profile(self, request: HttpRequest):
        model = self.form_class._meta.model
        return model.objects.filter(party_id=request.party.pk).first()

    def show(self, request: HttpRequest, form: forms.ModelForm, status: int = 200) -> HttpResponse:
        first_time = request.party.state == PartyState.ONBOARDING
        context = {
            "form": form,
            "first_time": first_time,
            "may_edit": PARTY.can(self.actor, PartyAction.PROFILE, request.party),
        }
        return render(request, self.template_name, context, status=status)
