"""The test run: quick hashing, mail in memory, tasks inside the caller, warnings are errors (pyproject)."""

import os

from marketplace.settings.dev import *  # noqa: F403
from marketplace.settings.dev import API_LIMITS, CHANNEL_LAYERS, ENV

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = ENV.storage_dir
# Most tests conclude contracts and look at no PDF: those that do bring a seal of their own (tests/factories/seals.py).
CONTRACT_SEAL_KEY = CONTRACT_SEAL_CERT = ""
STANDIN_WEBHOOK_SECRETS = ["a-webhook-secret-of-the-tests"]
# Static files are the real server's business: no scan of thousands of files for each test client.
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = True
# Each worker of pytest-xdist has a database of its own, with the same numbers in it, and all share one Valkey.
CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"mooring-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
# Tests show many tokens that are none, all from one address; the limit has tests of its own.
API_LIMITS["refused"] = (10**9, 60)
CHECKS_OF_COPIES = (10**9, 60)
