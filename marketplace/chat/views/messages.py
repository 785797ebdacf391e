"""One conversation, what is new in it, and what can be done with one message. Everything works without a line of
script; with it, an open page looks for what is new."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.chat.forms.message import MessageForm
from marketplace.chat.policies import CHAT, ChatAction
from marketplace.chat.reactions import REACTIONS
from marketplace.chat.selectors.conversations import get_conversation
from marketplace.chat.selectors.messages import get_message, said
from marketplace.chat.services.messages import delete_message, edit_message, react, send_message
from marketplace.chat.talk import Talk, lines_of, moved, names_of, shown
from marketplace.core.errors import Conflict, Forbidden, MooringError, NotFound, Refused, TooMany
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView, say_refusal
from marketplace.media.errors import UploadRefused
from marketplace.media.flows.resumable import handed_over


class ConversationView(PartyView):
    """`?before=` a number; `?reply=` or `?edit=` a message. A script that sends gets nothing, or the bar with why."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        talk = shown(self.actor, get_conversation(self.actor, public_id), before=number(request.GET.get("before", "")))
        if talk.form is not None:
            begin(self.actor, talk, reply=request.GET.get("reply", ""), edit=request.GET.get("edit", ""))
        return render(request, "chat/conversation.html", {"talk": talk})

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        conversation = get_conversation(self.actor, public_id)
        CHAT.authorise(self.actor, ChatAction.SEND)
        form = MessageForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                self.say(public_id, form.cleaned_data)
            except (Conflict, TooMany, Refused, Forbidden, UploadRefused) as refusal:
                if type(refusal) is Forbidden:
                    raise
                form.add_error("text", as_error(refusal))
                status = refusal.status
            else:
                return HttpResponse(status=204) if request.htmx else redirect("conversation", public_id)
        else:
            status = 422
        talk = shown(self.actor, conversation, form=form)
        template = "chat/partials/bar.html" if request.htmx else "chat/conversation.html"
        return render(request, template, {"talk": talk}, status=status)

    def say(self, public_id: str, given: dict) -> None:
        if given["edits"]:
            edit_message(actor=self.actor, public_id=given["edits"], text=given["text"], anyway=given["anyway"])
            return
        files = given["files"]
        send_message(
            actor=self.actor,
            public_id=public_id,
            client_id=given["client_id"],
            text=given["text"],
            files=handed_over(actor=self.actor, ids=files.ids, small=files.small, purpose="message") if files else (),
            reply_to=given["reply_to"],
            anyway=given["anyway"],
        )


class ConversationLogView(PartyView):
    """What was said or altered since a number, for a page that stays open; `X-Last` says up to which."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        conversation = get_conversation(self.actor, public_id)
        log = moved(self.actor, conversation, number(request.GET.get("since", "")) or 0)
        context = {"log": log, "conversation": conversation, "people": names_of(conversation)}
        response = render(request, "chat/partials/log.html", context)
        response["X-Last"] = str(log.last)
        if log.more:
            response["X-More"] = "yes"
        return response


class MessageView(PartyView):
    """What can be done with one message."""

    def get(self, request: HttpRequest, public_id: str, message_id: str) -> HttpResponse:
        message = self.message(public_id, message_id)
        [line] = lines_of(self.actor, said([message]))
        template = "chat/partials/acts.html" if request.htmx else "chat/message.html"
        given = line.said.reactions
        own = self.actor.user_id
        reactions = [(name, kind, own in given.get(name, {})) for name, kind in REACTIONS.items()]
        context = {
            "line": line,
            "conversation": message.conversation,
            "reactions": reactions,
            "people": names_of(message.conversation),
        }
        return render(request, template, context)

    def post(self, request: HttpRequest, public_id: str, message_id: str) -> HttpResponse:
        self.message(public_id, message_id)
        CHAT.authorise(self.actor, ChatAction.SEND)
        act, reaction = request.POST.get("act", ""), request.POST.get("reaction", "")
        try:
            if act in {"react", "unreact"}:
                react(actor=self.actor, public_id=message_id, reaction=reaction, on=act == "react")
            elif act == "delete":
                delete_message(actor=self.actor, public_id=message_id)
            else:
                raise NotFound
        except (Conflict, TooMany) as refusal:
            if request.htmx:
                return HttpResponse(sentence(refusal), status=refusal.status, content_type="text/plain; charset=utf-8")
            say_refusal(request, refusal)
        return HttpResponse(status=204) if request.htmx else redirect("conversation", public_id)

    def message(self, public_id: str, message_id: str):
        """Of this conversation: under another's address there is no such message."""
        message = get_message(self.actor, message_id)
        if message.conversation.public_id != public_id:
            raise NotFound
        return message


def begin(actor, talk: Talk, *, reply: str, edit: str) -> None:
    """The form answers a message, or holds one's own words again."""
    if not (reply or edit):
        return
    message = get_message(actor, reply or edit)
    if message.conversation_id != talk.conversation.pk:
        raise NotFound
    [one] = said([message])
    if reply:
        talk.form.initial["reply_to"] = message.public_id
    else:
        CHAT.authorise(actor, ChatAction.ALTER, message)
        talk.form.initial |= {"edits": message.public_id, "text": one.text}
    talk.form.about = one


def as_error(refusal: MooringError) -> ValidationError:
    return ValidationError(sentence(refusal), code=refusal.code)


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
