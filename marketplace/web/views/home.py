"""The front of the house: how a deal goes, in one picture and one example."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.web import examples


def home(request: HttpRequest) -> HttpResponse:
    context = {"line": examples.money_line(), "matches": examples.matches(), "tasks": examples.tasks()}
    return render(request, "marketplace/home.html", context)
