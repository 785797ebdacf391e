"""The pictures and papers of a V task, while it is a draft."""

from marketplace.campaigns.errors import TooManyAttachments
from marketplace.campaigns.models import Attachment, VTask
from marketplace.campaigns.steps.drafts import lock_draft
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.tx import use_case
from marketplace.media.models import Access
from marketplace.media.originals import Original
from marketplace.media.steps.assets import create_asset, erase_asset

PICTURE, ATTACHMENT = "v_task_picture", "v_task_attachment"
MOST_ATTACHMENTS = 5


@use_case
def set_task_picture(*, actor: Actor, public_id: str, original: Original) -> VTask:
    """The new picture stands at once; the old one is erased."""
    task = lock_draft(actor, public_id)
    asset = create_asset(original, party=task.party, purpose=PICTURE, by=actor, access=Access.PUBLIC, alt=task.title)
    earlier, task.picture = task.picture, asset.public_id
    task.save(update_fields=["picture"])
    if earlier and not VTask.objects.filter(picture=earlier).exists():
        erase_asset(earlier, by=actor, why="replaced")
    return task


@use_case
def attach(*, actor: Actor, public_id: str, original: Original, name: str) -> Attachment:
    """Raises TooManyAttachments."""
    task = lock_draft(actor, public_id)
    if task.attachments.count() >= MOST_ATTACHMENTS:
        raise TooManyAttachments(most=MOST_ATTACHMENTS)
    asset = create_asset(original, party=task.party, purpose=ATTACHMENT, by=actor, access=Access.PUBLIC, alt=name)
    return Attachment.objects.create(task=task, asset=asset, name=name[:120] or "file")


@use_case
def detach(*, actor: Actor, public_id: str, asset: str) -> None:
    task = lock_draft(actor, public_id)
    found = task.attachments.filter(asset__public_id=asset).first()
    if found is None:
        raise NotFound
    shared = Attachment.objects.filter(asset_id=found.asset_id).exclude(pk=found.pk).exists()
    found.delete()
    if not shared:  # a copy of the task may still show it
        erase_asset(asset, by=actor, why="removed")
