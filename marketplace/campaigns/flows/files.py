"""Uploads of a V task: the bytes to storage first, then the use case that knows them."""

from marketplace.campaigns.models import Attachment, VTask
from marketplace.campaigns.services import files
from marketplace.core.actor import Actor
from marketplace.media.checked import Checked
from marketplace.media.flows.upload import stored


def upload_task_picture(*, actor: Actor, public_id: str, file: Checked) -> VTask:
    return stored(file, lambda kept: files.set_task_picture(actor=actor, public_id=public_id, original=kept))


def upload_attachment(*, actor: Actor, public_id: str, file: Checked, name: str) -> Attachment:
    return stored(file, lambda kept: files.attach(actor=actor, public_id=public_id, original=kept, name=name))
