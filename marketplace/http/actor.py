"""The actor of a request: who, for which party, in which role. Set by accounts' middleware."""

from django.http import HttpRequest

from marketplace.core.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    return request.actor
