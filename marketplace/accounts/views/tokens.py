"""A person's access tokens for the party that she acts for."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from marketplace.accounts.forms.token import TokenForm
from marketplace.accounts.scopes import Scope
from marketplace.accounts.selectors import list_tokens
from marketplace.accounts.services.tokens import create_token, revoke_token
from marketplace.core.errors import Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView

SHOWN = 50


@method_decorator(reauthentication_required, name="dispatch")
class TokensView(PartyView):
    """Behind a fresh sign-in: a token is a key that works while its owner is away."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, TokenForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """The answer itself shows the secret, once: it is in no session, no address and no cache."""
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            _token, secret = create_token(actor=self.actor, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, sentence(error))
            return self.show(request, form, status=error.status)
        return self.show(request, TokenForm(), secret=secret)

    def show(self, request: HttpRequest, form: TokenForm, *, secret: str = "", status: int = 200) -> HttpResponse:
        labels = dict(Scope.choices)
        tokens = [(token, [labels[one] for one in token.scopes]) for token in list_tokens(self.actor)[:SHOWN]]
        context = {"form": form, "tokens": tokens, "secret": secret}
        response = render(request, "accounts/tokens.html", context, status=status)
        response["Cache-Control"] = "no-store"
        return response


class TokenRevokeView(PartyView):
    """No password asked for: closing a door is always quick."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, token_id: str) -> HttpResponse:
        revoke_token(actor=self.actor, public_id=token_id)
        messages.success(request, _("Revoked. It opens nothing any more."))
        return redirect("tokens")
