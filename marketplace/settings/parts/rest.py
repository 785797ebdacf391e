"""Django REST Framework, and the schema that is made from it."""

from marketplace.core.ids import ALPHABET, LENGTH

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "marketplace.accounts.api.authentication.TokenAuthentication",
        "marketplace.accounts.api.authentication.PersonAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["marketplace.http.api.parsing.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["marketplace.http.api.parsing.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "marketplace.http.api.schema.Schema",
    "EXCEPTION_HANDLER": "marketplace.http.api.problems.on_exception",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

# How many requests a token may make in how many seconds; how many with a token that is none an address may.
API_LIMITS = {"read": (600, 60), "write": (120, 60), "refused": (30, 60)}

SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Mooring",
    "VERSION": "1",
    "DESCRIPTION": "What a person may do on Mooring, for programs that act for her. See docs/api.md.",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "COMPONENT_SPLIT_REQUEST": False,
    "COMPONENT_SPLIT_PATCH": False,
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENABLE_LIST_MECHANICS_ON_NON_2XX": False,
    "POSTPROCESSING_HOOKS": ["marketplace.http.api.schema.finish"],
    "PATH_CONVERTER_OVERRIDES": {
        prefix: {"type": "string", "pattern": rf"^{prefix}_[{ALPHABET}]{{{LENGTH}}}$"}
        for prefix in ("pty", "vtk", "app", "off", "ctr", "dlv", "ssr")
    },
}
