"""Whose pages are about being paid; what moves or changes something asks for a sign-in of the last five minutes."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from marketplace.http.views import PartyView
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.selectors.earnings import PAYEE_KINDS


class PayeeView(PartyView):
    """For those who may see what the party earns: its owner and its finance people."""

    kinds = PAYEE_KINDS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.party is not None and request.party.kind in PAYEE_KINDS:
            PAYOUTS.authorise(self.actor, PayoutAction.SEE, request.party)
        return super().dispatch(request, *args, **kwargs)


@method_decorator(reauthentication_required, name="dispatch")
class FreshPayeeView(PayeeView):
    pass
