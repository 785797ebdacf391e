"""Money asks for a fresh sign-in (five minutes); allauth keeps what was being sent and goes on with it afterwards."""

from allauth.account.decorators import reauthentication_required
from django.utils.decorators import method_decorator

from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.http.views import PartyView


@method_decorator(reauthentication_required, name="dispatch")
class FreshMerchantView(PartyView):
    kinds = MERCHANT_KINDS
