from django.http import HttpRequest, HttpResponse

from marketplace.accounts.middleware import act_for
from marketplace.http.views import SignedInView, back_to


class SwitchPartyView(SignedInView):
    """Act for another of one's own parties. A foreign id changes nothing."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        act_for(request, request.POST.get("party", ""))
        return back_to(request, "dashboard")
