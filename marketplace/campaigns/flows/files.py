"""Uploads of a V task: the bytes to storage first, then the use case that knows them."""

from collections.abc import Mapping

from marketplace.campaigns.models import Attachment, TaskProduct, VTask
from marketplace.campaigns.services import files
from marketplace.campaigns.services.products import put_product
from marketplace.core.actor import Actor
from marketplace.media.checked import Checked
from marketplace.media.flows.upload import stored


def upload_task_picture(*, actor: Actor, public_id: str, file: Checked) -> VTask:
    return stored(file, lambda kept: files.set_task_picture(actor=actor, public_id=public_id, original=kept))


def upload_attachment(*, actor: Actor, public_id: str, file: Checked, name: str) -> Attachment:
    return stored(file, lambda kept: files.attach(actor=actor, public_id=public_id, original=kept, name=name))


def upload_product(
    *, actor: Actor, public_id: str, place: int, fields: Mapping[str, object], file: Checked | None
) -> TaskProduct:
    """`put_product`, with or without a picture."""
    said = {"actor": actor, "public_id": public_id, "place": place, "fields": fields}
    if file is None:
        return put_product(**said)
    return stored(file, lambda kept: put_product(**said, picture=kept))
