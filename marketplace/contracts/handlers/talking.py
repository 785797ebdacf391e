"""The sides of a contract have a conversation as soon as there is something to sign."""

from marketplace.chat.steps.conversations import open_conversation
from marketplace.contracts.events import ContractDrafted
from marketplace.contracts.handlers.telling import get, path, sides
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles


@handles(ContractDrafted)
def open_the_conversation(event: Event) -> None:
    contract = get(event.aggregate)
    open_conversation(subject=contract.public_id, title=contract.title, path=path(contract), parties=sides(contract))
