"""The one secret of the one client."""

import hmac

from django.conf import settings
from django.http import HttpRequest

from marketplace.payments.standin.engine.errors import Refusal


def require(request: HttpRequest) -> None:
    """`Authorization: Bearer <STANDIN_SECRET>`, compared in constant time."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not hmac.compare_digest(given.encode(), settings.STANDIN.secret.encode()):
        raise Refusal("unauthenticated", "A bearer secret is needed.", status=401)
