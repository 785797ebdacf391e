"""A question about a V task leads into the conversation with its merchant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from marketplace.accounts.models import PartyKind
from marketplace.campaigns.services.talking import ask_about_task
from marketplace.chat.errors import Blocked, TooManyConversations
from marketplace.http.views import PartyView, say_refusal


class AskView(PartyView):
    kinds = frozenset({PartyKind.ANCHOR, PartyKind.AGENCY})

    def post(self, request: HttpRequest, task_id: str) -> HttpResponse:
        try:
            conversation = ask_about_task(actor=self.actor, public_id=task_id)
        except (Blocked, TooManyConversations) as refusal:
            say_refusal(request, refusal)
            return redirect("task", task_id)
        return redirect("conversation", conversation.public_id)
