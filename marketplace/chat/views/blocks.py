"""Whom one's party has blocked, with the way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.chat.policies import CHAT, ChatAction
from marketplace.chat.selectors.conversations import list_blocks
from marketplace.chat.services.blocking import unblock
from marketplace.http.views import PartyView


class BlocksView(PartyView):
    def get(self, request: HttpRequest) -> HttpResponse:
        may = CHAT.can(self.actor, ChatAction.BLOCK)
        return render(request, "chat/blocks.html", {"blocks": list_blocks(self.actor), "may": may})

    def post(self, request: HttpRequest) -> HttpResponse:
        unblock(actor=self.actor, party_public_id=request.POST.get("party", ""))
        messages.success(request, _("Unblocked. Both of you can write again."))
        return redirect("blocks")
