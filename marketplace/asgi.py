"""The sockets' process (and, behind one proxy, whatever else comes over ASGI)."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
http = get_asgi_application()

from marketplace.chat.routing import websocket_urlpatterns  # noqa: E402  needs the apps loaded
from marketplace.core.rooms.files import allow_many  # noqa: E402
from marketplace.core.rooms.frames import KeepRawSend  # noqa: E402

allow_many()
# A socket asks itself whose session it is, together with those that come with it.
sockets = AllowedHostsOriginValidator(CookieMiddleware(URLRouter(websocket_urlpatterns)))
application = KeepRawSend(ProtocolTypeRouter({"http": http, "websocket": sockets}))
