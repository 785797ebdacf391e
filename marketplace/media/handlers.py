"""What follows from an upload: both reach storage, so both run with no transaction open."""

from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.media.events import AssetErased, AssetUploaded
from marketplace.media.flows.process import erase_files, process


@handles(AssetUploaded, reaches_outside=True)
def draw_renditions(event: Event) -> None:
    process(event.aggregate)


@handles(AssetErased, reaches_outside=True)
def delete_bytes(event: Event) -> None:
    erase_files(event.aggregate)
