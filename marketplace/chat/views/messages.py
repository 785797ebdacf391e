"""The inbox of conversations, and one of them. Every page works without a line of script; with it, an open one looks
for what is new."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.chat.forms.message import MessageForm
from marketplace.chat.policies import CHAT, ChatAction
from marketplace.chat.selectors import get_conversation, last_words, list_conversations
from marketplace.chat.services.messages import send_message
from marketplace.chat.talk import shown
from marketplace.core.errors import Conflict, TooMany
from marketplace.http.keyset import Order, page_of
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView

PAGE = 20
LATEST = Order(("last_at", "id"))


class ConversationsView(PartyView):
    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_of(list_conversations(self.actor), LATEST, cursor=request.GET.get("after", ""), size=PAGE)
        words = last_words(page.rows)
        rows = [(conversation, words[conversation.pk]) for conversation in page.rows]
        return render(request, "chat/list.html", {"page": page, "rows": rows})


class ConversationView(PartyView):
    """htmx asks for the words alone."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self.show(request, public_id, before=number(request.GET.get("before", "")))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        get_conversation(self.actor, public_id)
        CHAT.authorise(self.actor, ChatAction.SEND)
        form = MessageForm(request.POST)
        if not form.is_valid():
            return self.show(request, public_id, form=form, status=422)
        given = form.cleaned_data
        try:
            send_message(actor=self.actor, public_id=public_id, client_id=given["client_id"], text=given["text"])
        except (Conflict, TooMany) as refusal:
            form.add_error("text", sentence(refusal))
            return self.show(request, public_id, form=form, status=refusal.status)
        return self.show(request, public_id) if request.htmx else redirect("conversation", public_id)

    def show(
        self,
        request: HttpRequest,
        public_id: str,
        *,
        before: int | None = None,
        form: MessageForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        talk = shown(self.actor, get_conversation(self.actor, public_id), before=before, form=form)
        template = "chat/partials/talk.html" if request.htmx else "chat/conversation.html"
        return render(request, template, {"talk": talk}, status=status)


class ConversationLogView(PartyView):
    """What was said, for a page that stays open."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        talk = shown(self.actor, get_conversation(self.actor, public_id))
        return render(request, "chat/partials/log.html", {"talk": talk})


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
