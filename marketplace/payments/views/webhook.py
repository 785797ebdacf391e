"""Where providers knock. Checked, stored, answered; everything else happens from the inbox."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.core.errors import NotFound
from marketplace.payments.errors import BadSignature
from marketplace.payments.gateways import provider
from marketplace.payments.services.inbox import receive

logger = logging.getLogger(__name__)
MAX_BODY = 1024 * 1024


def door(provider_name: str, header: str, name: str = "") -> Callable[[HttpRequest], HttpResponse]:
    """200 once it is stored (or already was), 400 for a signature that is not the provider's, 413 before reading more,
    404 where this house has no such provider."""

    @csrf_exempt
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            return HttpResponse("too large", status=413, content_type="text/plain")
        try:
            event = provider(provider_name).read_webhook(request.body, request.headers.get(header, ""), door=name)
        except NotFound:
            return HttpResponse("nobody here", status=404, content_type="text/plain")
        except BadSignature:
            logger.warning("webhook with a bad signature from %s", request.META.get("REMOTE_ADDR"))
            return HttpResponse("bad signature", status=400, content_type="text/plain")
        receive(provider=provider_name, event=event)
        return HttpResponse("ok", content_type="text/plain")

    return view


test_bank = door("test_bank", "Mooring-Bank-Signature")
stripe_platform = door("stripe", "Stripe-Signature", "platform")
stripe_connected = door("stripe", "Stripe-Signature", "connected")
stripe_thin = door("stripe", "Stripe-Signature", "thin")
