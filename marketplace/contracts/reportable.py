"""What the other side of a contract wrote: messages for those who take part, reviews for everybody."""

from marketplace.chat.selectors.messages import get_message, words_ever
from marketplace.compliance.subjects import Subject, reportable
from marketplace.contracts.selectors.reviews import get_review
from marketplace.core.actor import Actor


@reportable("message", private=True)
def find_message(actor: Actor, public_id: str) -> Subject:
    message = get_message(actor, public_id)
    about = message.conversation
    said = {"by": f"{message.by.name}, {message.party.name}", "about": about.title, "text": words_ever(message)}
    return Subject("message", public_id, about.title, f"/messages/{about.public_id}/", message.party_id, said)


@reportable("review")
def find_review(_actor: Actor, public_id: str) -> Subject:
    review = get_review(public_id)
    by = review.contract.merchant if review.side == "merchant" else review.contract.anchor
    said = {"by": by.name, "about": review.party.name, "text": review.words, "answer": review.answer}
    title = f"{by.name} → {review.party.name}"
    return Subject("review", public_id, title, f"/proof/{review.contract.public_id}/", by.pk, said)
