from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.http.views import SignedInView
from marketplace.notifications.selectors import list_notices, unread_count
from marketplace.notifications.services.feed import mark_all_read

PAGE = 20
PAGES = {True: "notifications/partials/notices.html", False: "notifications/feed.html"}


class FeedView(SignedInView):
    """Everything that we told this person, newest first, or what is unread; htmx asks again for the list alone."""

    def get(self, request: HttpRequest) -> HttpResponse:
        only_unread = request.GET.get("only") == "unread"
        notices = list_notices(self.actor, only_unread=only_unread)
        context = {
            "page": Paginator(notices, PAGE).get_page(request.GET.get("page")),
            "unread": unread_count(self.actor),
            "only_unread": only_unread,
            "everything": not only_unread,
            "query": "only=unread&" if only_unread else "",
        }
        return render(request, PAGES[bool(request.htmx)], context)

    def post(self, request: HttpRequest) -> HttpResponse:
        mark_all_read(actor=self.actor)
        return redirect("feed")
