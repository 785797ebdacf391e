"""What follows from news about a party and its channels."""

from creators.events import ChannelVerified
from creators.models import Channel
from creators.services.profiles import refresh_file
from marketplace.accounts.events import PartyRenamed
from marketplace.accounts.selectors import emails_of
from marketplace.core.actor import Actor, Role
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify


@handles(PartyRenamed, reaches_outside=True)
def follow_the_name(event: Event) -> None:
    """A use case of its own, so not inside the transaction that marks the delivery."""
    refresh_file(actor=Actor.system("directory"), party_public_id=event.aggregate)


@handles(ChannelVerified)
def tell_verified(event: Event) -> None:
    channel = Channel.objects.select_related("file__party").filter(public_id=event.aggregate).first()
    if channel is None:  # removed meanwhile
        return
    party = channel.file.party
    facts = {"party": party.name, "channel": f"@{channel.handle}"}
    notify(emails_of(party.pk, Role.OWNER), "channel_verified", facts=facts, path="/anchor/file/channels/", party=party)
