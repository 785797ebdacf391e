from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.http.views import SignedInView
from marketplace.notifications.selectors import list_notices, unread_count
from marketplace.notifications.services.feed import mark_all_read

PAGE = 20


class FeedView(SignedInView):
    """Everything that we told this person, newest first; looking at it marks it read on request."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(list_notices(self.actor), PAGE).get_page(request.GET.get("page"))
        return render(request, "notifications/feed.html", {"page": page, "unread": unread_count(self.actor)})

    def post(self, request: HttpRequest) -> HttpResponse:
        mark_all_read(actor=self.actor)
        return redirect("feed")
