"""Conversations between parties, opened the way the program opens them."""

from marketplace.chat.models import About, Conversation, Message
from marketplace.chat.services.messages import send_message
from marketplace.chat.steps.conversations import open_conversation
from marketplace.core.ids import new_id
from marketplace.core.tx import use_case
from tests.factories.people import Person

open_now = use_case(open_conversation)


def conversation(*people: Person, title: str = "Autumn oolong, live", about: About = About.CONTRACT) -> Conversation:
    subject = new_id("ctr")
    parties = [one.party for one in people]
    return open_now(subject=subject, title=title, path=f"/contracts/{subject}/", parties=parties, about=about)


def say(person: Person, talk: Conversation, text: str, client_id: str = "", **more: object) -> Message:
    sent = client_id or new_id("try")
    return send_message(actor=person.actor, public_id=talk.public_id, client_id=sent, text=text, **more)
