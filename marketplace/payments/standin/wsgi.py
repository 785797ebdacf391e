"""The bank as granian serves it: pages and API, with the worker on a thread beside them."""

import os

from django.core.wsgi import get_wsgi_application

# Not a default: whoever starts us may have Mooring's settings in the environment.
os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.payments.standin.settings"
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (settings exist only after the line above)

from marketplace.payments.standin.engine import worker  # noqa: E402

if settings.STANDIN.worker_in_process:
    worker.start_in_background()
