"""Where providers knock. Checked, stored, answered; everything else happens from the inbox."""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.payments.errors import BadSignature
from marketplace.payments.gateways import provider
from marketplace.payments.services.inbox import receive

logger = logging.getLogger(__name__)
MAX_BODY = 1024 * 1024


@csrf_exempt
@require_POST
def test_bank(request: HttpRequest) -> HttpResponse:
    """200 once it is stored (or already was), 400 for a signature that is not the bank's, 413 before reading more."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdigit() or int(length) > MAX_BODY:
        return HttpResponse("too large", status=413, content_type="text/plain")
    try:
        event = provider("test_bank").read_webhook(request.body, request.headers.get("Mooring-Bank-Signature", ""))
    except BadSignature:
        logger.warning("webhook with a bad signature from %s", request.META.get("REMOTE_ADDR"))
        return HttpResponse("bad signature", status=400, content_type="text/plain")
    receive(provider="test_bank", event=event)
    return HttpResponse("ok", content_type="text/plain")
