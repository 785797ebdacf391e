"""Static files (WhiteNoise) and private storage. Nothing uploaded is ever served from a public folder."""

from marketplace.settings.env import read
from marketplace.stack.paths import ROOT

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = read().var / "static"
MEDIA_ROOT = read().storage_dir
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT, "allow_overwrite": True},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 600
