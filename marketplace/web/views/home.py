"""The front of the house: how a deal goes, in one picture and one example."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.web import examples


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {"line": examples.money_line(), "matches": examples.matches(), "tasks": examples.tasks()}
    return render(request, "marketplace/home.html", context)
