"""The inbox over all conversations of a party, what was said in them, and what one wants to hear of one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.chat.models import About
from marketplace.chat.selectors.conversations import list_conversations
from marketplace.chat.selectors.messages import find_messages, last_words, said
from marketplace.chat.services.blocking import block_others
from marketplace.chat.services.reading import mute
from marketplace.http.keyset import Order, page_of
from marketplace.http.views import PartyView

PAGE = 20
LATEST = Order(("last_at", "id"))
NEWEST = Order(("at", "id"))


class ConversationsView(PartyView):
    """Filters and what is looked for stand in the address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("q", "").strip()[:200]
        return self.found(request, typed) if typed else self.latest(request)

    def latest(self, request: HttpRequest) -> HttpResponse:
        conversations, about = list_conversations(self.actor), request.GET.get("about", "")
        if about in About.values:
            conversations = conversations.filter(about=about)
        if only_unread := "unread" in request.GET:
            conversations = conversations.filter(unread__gt=0)
        page = page_of(conversations, LATEST, cursor=request.GET.get("after", ""), size=PAGE)
        words = last_words(page.rows)
        context = {
            "page": page,
            "rows": [(conversation, words.get(conversation.pk)) for conversation in page.rows],
            "chips": chips(about, only_unread),
            "here": asked(about, only_unread),
            "older": asked(about, only_unread, page.after) if page.after else "",
            "narrowed": about in About.values or only_unread,
        }
        return render(request, "chat/list.html", context)

    def found(self, request: HttpRequest, typed: str) -> HttpResponse:
        page = page_of(find_messages(self.actor, typed), NEWEST, cursor=request.GET.get("after", ""), size=PAGE)
        return render(request, "chat/found.html", {"page": page, "found": said(page.rows), "typed": typed})


def asked(about: str, only_unread: bool, after: str = "") -> str:
    """The address that asks for this."""
    kept = {"about": about, "unread": "1" if only_unread else "", "after": after}
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def chips(about: str, only_unread: bool) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is on): pressing one that is on takes it away."""
    kinds = [
        (label, asked("" if about == value else value, only_unread), about == value) for value, label in About.choices
    ]
    return [(_("Unread"), asked(about, not only_unread), only_unread), *kinds]


class MuteView(PartyView):
    """For oneself."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        on = request.POST.get("mute") == "yes"
        mute(actor=self.actor, public_id=public_id, on=on)
        messages.success(request, _("Muted: no mails, no count.") if on else _("No longer muted."))
        return redirect("conversation", public_id)


class BlockView(PartyView):
    """For one's party."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        names = ", ".join(party.name for party in block_others(actor=self.actor, public_id=public_id))
        messages.success(request, _("Blocked: %(names)s. Contracts go on as they are.") % {"names": names})
        return redirect("conversation", public_id)
