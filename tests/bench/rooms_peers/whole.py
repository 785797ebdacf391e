"""The program's own sockets, for as many of one person as are measured; and its sending, without a person's limits."""

import django
from django.conf import settings

django.setup()
settings.ALLOWED_HOSTS = ["localhost"]

from marketplace.asgi import application  # noqa: E402
from marketplace.chat import consumers  # noqa: E402

consumers.MOST_SOCKETS = 100_000

__all__ = ["application"]
