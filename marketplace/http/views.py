"""Bases of our pages: each asks for what it needs before it does anything."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import View

from marketplace.core.actor import Actor
from marketplace.core.errors import MooringError, NotFound
from marketplace.http.sentences import sentence


class SignedInView(LoginRequiredMixin, View):
    """Signed out: to sign-in and back."""

    @property
    def actor(self) -> Actor:
        return self.request.actor


class PartyView(SignedInView):
    """A page of the party that the user acts for. Without a party: to the choice of one.

    `kinds` narrows it to kinds of party; for the others the page does not exist.
    """

    kinds: frozenset[str] | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if request.party is None:
            return redirect("welcome")
        if self.kinds is not None and request.party.kind not in self.kinds:
            raise NotFound
        return super().dispatch(request, *args, **kwargs)


def say_refusal(request: HttpRequest, error: MooringError) -> None:
    """The refusal as a message on the next page."""
    messages.error(request, sentence(error))


def back_to(request: HttpRequest, fallback: str) -> HttpResponse:
    """Redirect to a `next` of our own site, or to `fallback`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect(fallback)
