from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "marketplace.http"
