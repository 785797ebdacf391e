"""Files in a message are fetched by everybody who reads it, whole; and only those of the party that sent it."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, Func, OuterRef, Q

from marketplace.chat.models import Conversation, Message, MessageChange
from marketplace.core.actor import Actor


def shown_in_messages(actor: Actor) -> Q:
    """A condition on an asset's row: it hangs at a message that the actor's party reads and that was not deleted."""
    wanted = Func(
        OuterRef("public_id"), template="ARRAY[%(expressions)s]::varchar[]", output_field=ArrayField(CharField())
    )
    deleted = MessageChange.objects.filter(message=OuterRef("pk"), kind=MessageChange.Kind.DELETE)
    read = Message.objects.filter(conversation__in=Conversation.objects.visible_to(actor), files__contains=wanted)
    return Q(Exists(read.filter(~Exists(deleted), party=OuterRef("party_id"))))
