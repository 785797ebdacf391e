"""What the other side of a contract wrote, for those who take part."""

from marketplace.chat.selectors.messages import get_message, words_ever
from marketplace.compliance.subjects import Subject, reportable
from marketplace.core.actor import Actor


@reportable("message", private=True)
def find_message(actor: Actor, public_id: str) -> Subject:
    message = get_message(actor, public_id)
    about = message.conversation
    said = {"by": f"{message.by.name}, {message.party.name}", "about": about.title, "text": words_ever(message)}
    return Subject("message", public_id, about.title, f"/messages/{about.public_id}/", message.party_id, said)
