"""A person's copy of her data: what she wrote."""

from marketplace.accounts.models import User
from marketplace.accounts.steps.exports import exports
from marketplace.chat.models import Message


@exports("messages")
def messages(user: User) -> list[dict[str, object]]:
    written = Message.objects.filter(by=user).order_by("id")
    return list(written.values("conversation__title", "party__public_id", "text", "at"))
